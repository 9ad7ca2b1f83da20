import { DEFAULT_RULE_PROFILE, type RuleProfile } from '@jiheng/domain';
import type { ScoredKind } from '../scoring.public';
import { QuartersScorer, type SliceScorer, YearsScorer } from './compute-slice';

/** A connection that reads rows. */
interface Reading {
  query<R extends object>(text: string): Promise<{ readonly rows: R[] }>;
}

/** What computes points by the rule profiles that were on record when it was made. */
export interface ProfileScorers {
  readonly of: Readonly<Record<ScoredKind, SliceScorer>>;
  readonly defaultId: string;
  /** Whether all of these profiles are known; they are never changed, only added, so otherwise they are read again. */
  knows(profileIds: Iterable<string>): boolean;
}

/** Reads the profiles. @throws when the default one is not on record */
export async function readProfileScorers(connection: Reading): Promise<ProfileScorers> {
  const { rows } = await connection.query<{ id: string; name: string; version: number; parameters: RuleProfile }>('select id, name, version, parameters from rule_profile');
  const standing = rows.find((row) => row.name === DEFAULT_RULE_PROFILE.name && row.version === DEFAULT_RULE_PROFILE.version);
  if (standing === undefined) throw new Error(`rule profile ${DEFAULT_RULE_PROFILE.name} is not on record`);
  const profiles = new Map(rows.map((row) => [row.id, row.parameters]));
  return {
    of: { MONITORING_REPORT: new QuartersScorer(profiles), SELF_EVALUATION: new YearsScorer(profiles) }, defaultId: standing.id,
    knows(profileIds) {
      for (const id of profileIds) if (!profiles.has(id)) return false;
      return true;
    },
  };
}
