import { Column, type ColumnOptions } from 'typeorm';

/**
 * A `numeric` column that is text in code: exact, never a float. `scale` is the number of decimal places stored;
 * the database refuses more whole digits than `precision - scale` and rounds nothing silently that the domain has not rounded before.
 */
export function DecimalColumn(options: { precision?: number; scale?: number; nullable?: boolean; name?: string } = {}): PropertyDecorator {
  const column: ColumnOptions = { type: 'numeric', nullable: options.nullable ?? false };
  if (options.precision !== undefined) column.precision = options.precision;
  if (options.scale !== undefined) column.scale = options.scale;
  if (options.name !== undefined) column.name = options.name;
  return Column(column);
}
