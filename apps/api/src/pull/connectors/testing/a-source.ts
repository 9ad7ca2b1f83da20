import { type PullSecretName, pullSourceSettings } from '@jiheng/contract';
import { SourceSecrets } from '../../secrets/source-secrets';
import type { AskedPeriod, Fetched, SourceAddress } from '../../source-connector';

/** The fourth quarter of 2024. */
export const FOURTH_QUARTER: AskedPeriod = { fiscalYear: 2024, ordinal: 4, label: '2024年第4季度', startsOn: '2024-10-01', endsOn: '2024-12-31' };
export const FIRST_QUARTER: AskedPeriod = { fiscalYear: 2025, ordinal: 1, label: '2025年第1季度', startsOn: '2025-01-01', endsOn: '2025-03-31' };

interface Parts extends Partial<Omit<SourceAddress, 'settings' | 'secrets'>> {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly secrets?: Partial<Readonly<Record<PullSecretName, string>>>;
}

/** A source for specs: everything by default but what is said. */
export function aSource({ settings = {}, secrets = {}, ...parts }: Parts = {}): SourceAddress {
  return {
    name: '社保业务系统', place: '', rowsPath: '$.rows[*]', keyField: 'key', valueField: 'value', unitCode: '100001', wanted: [], ...parts,
    settings: pullSourceSettings.parse(settings), secrets: new SourceSecrets(new Map(Object.entries(secrets) as [PullSecretName, string][])),
  };
}

/** What came of asking, short: the rows as `key=value`, or kind and code of the failure. */
export function short(fetched: Fetched): readonly string[] {
  return fetched.ok ? fetched.rows.map((row) => `${row.key}=${row.verbatim}`) : [fetched.failure.kind, fetched.failure.refusal.code];
}
