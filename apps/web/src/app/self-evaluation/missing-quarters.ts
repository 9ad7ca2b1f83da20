import type { TargetTableSummary } from '@jiheng/contract';

/** A quarter that keeps the year from being put together; `state` is null when it has no report yet. */
export interface MissingQuarter {
  readonly ordinal: 1 | 2 | 3 | 4;
  readonly state: TargetTableSummary['reports'][number]['state'] | null;
}

/** The quarters of the year that are not signed, in order; empty when the year can be put together. */
export function missingQuarters(reports: TargetTableSummary['reports']): readonly MissingQuarter[] {
  return ([1, 2, 3, 4] as const).flatMap((ordinal) => {
    const report = reports.find((one) => one.ordinal === ordinal);
    return report?.state === 'SIGNED' ? [] : [{ ordinal, state: report?.state ?? null }];
  });
}
