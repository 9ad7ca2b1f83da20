import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { Tx } from './tx';

/**
 * Writes rows of an entity with one statement, however many they are: they travel as one JSON text that PostgreSQL takes apart by the types of the table. A statement with a
 * parameter for every value costs the server several times the work of the writing itself (14,000 rows of 24 columns: 2.9 s of processor to build and 0.3 s here).
 * @param rows all with the same keys; columns that none of them names get their default
 */
export async function insertRows<Row extends ObjectLiteral>(tx: Tx, entity: EntityTarget<Row>, rows: readonly Partial<Row>[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const { tableName, columns } = tx.manager.connection.getMetadata(entity);
  const named = columns.filter(({ propertyName }) => first[propertyName] !== undefined);
  const list = named.map(({ databaseName }) => `"${databaseName}"`).join(', ');
  const records = rows.map((row) => Object.fromEntries(named.map(({ databaseName, propertyName }) => [databaseName, row[propertyName] as unknown])));
  await tx.manager.query(`insert into "${tableName}" (${list}) select ${list} from json_populate_recordset(null::"${tableName}", $1::json)`, [jsonOf(records)]);
}

/** Half a sign, as a broken program may send it, is written as the sign of what cannot be read: so does the driver, while PostgreSQL would refuse it inside JSON. */
function jsonOf(records: readonly object[]): string {
  const json = JSON.stringify(records);
  if (!/\\ud[89a-f]/u.test(json)) return json;
  return JSON.stringify(records, (_, value: unknown) => (typeof value === 'string' ? Buffer.from(value).toString() : value));
}
