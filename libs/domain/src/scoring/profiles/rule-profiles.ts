import { type Result, ok, refuse } from '../../result';
import type { RuleProfile } from '../rule-profile';
import { MOF_2020_10 } from './mof-2020-10';
import { MOF_2021_101 } from './mof-2021-101';

/** The profiles that ship, the default first. A further one comes in as JSON through {@link validateRuleProfile}. */
export const RULE_PROFILES: readonly RuleProfile[] = [MOF_2020_10, MOF_2021_101];

/** The profile taken where none is named. */
export const DEFAULT_RULE_PROFILE: RuleProfile = MOF_2020_10;

/** A shipped profile by name. @returns refusal `scoring.profile-unknown` with the names that exist. */
export function findProfile(name: string): Result<RuleProfile> {
  const found = RULE_PROFILES.find((profile) => profile.name === name);
  return found === undefined
    ? refuse('scoring.profile-unknown', { name, known: RULE_PROFILES.map((profile) => profile.name).join('、') })
    : ok(found);
}

/**
 * Names that begin with MOF- are those of profiles that ship. A version somebody else had put on record under such a name would keep a later
 * release, which brings its own of that version, from starting.
 */
export function isReservedName(name: string): boolean {
  return /^MOF-/i.test(name);
}
