import { z } from 'zod';
import { decimalText, longText, momentText } from './decimal-text';
import { budgetUnitId, jobRunId } from './ids';
import { regionCode } from './session.contract';

/** One version of a rule profile. `parameters` is the whole profile, as `validateRuleProfile` of the domain takes it. */
export const ruleProfileView = z.object({
  id: z.uuid(), name: z.string(), version: z.number().int(), sha256: z.string(), isDefault: z.boolean(), parameters: z.record(z.string(), z.unknown()),
  /** Shipped with the product, or brought in by a person. */
  shipped: z.boolean().optional(), by: z.string().nullish(), at: momentText.optional(),
});
export type RuleProfileView = z.infer<typeof ruleProfileView>;

/** GET /api/rule-profiles. `mayCreate`: the reader may bring in a profile and propose assignments. */
export const ruleProfileList = z.object({ profiles: z.array(ruleProfileView), mayCreate: z.boolean().optional() });
export type RuleProfileList = z.infer<typeof ruleProfileList>;

/** POST /api/rule-profiles (finance, administrator): a profile as JSON, strictly checked; answers with the profile on record. */
export const createRuleProfile = z.object({ profile: z.record(z.string(), z.unknown()) });

/** Where an assignment holds: a unit with everything below it, or every unit whose region begins with a code. */
export const ruleProfileScope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('UNIT'), unitId: budgetUnitId }),
  z.object({ kind: z.literal('REGION'), regionCode }),
]);
export type RuleProfileScope = z.infer<typeof ruleProfileScope>;

export const scoredKind = z.enum(['MONITORING_REPORT', 'SELF_EVALUATION']);

/** What another profile would make of the points, computed on the present inputs; nothing is written. Points are decimal text. */
export const ruleProfilePreview = z.object({
  /** Documents that would be scored again. Signed ones keep their points and are counted apart. */
  documents: z.number().int(), changed: z.number().int(), signedKept: z.number().int(),
  /** Documents that are not computed yet: all of them while the job of `jobRunId` works, and then none. */
  notComputed: z.number().int(),
  /** How many of `documents` are 监控表 of a quarter; the others are self-evaluations. Absent in what was shown before this was counted. */
  reports: z.number().int().optional(),
  /** When it was computed: what was saved later is not in it. Absent while nothing is computed, and in what was shown before this was kept. */
  computedAt: momentText.optional(),
  /** Smaller than the id of every score that was made after it was computed, whatever the clock of the house says. */
  before: z.uuid().optional(),
  /** How many of the documents have got other points since then, and were not shown with what they have now. */
  movedSince: z.number().int().optional(),
  /** Many documents are computed by a job; asking again answers its result once it has ended. */
  jobRunId: jobRunId.nullish(),
  /** How that job stands while there is no result. One that was cancelled computes nothing more, and only somebody who wants it asks for another. */
  jobState: z.enum(['WAITING', 'RUNNING', 'FAILED', 'CANCELLED']).nullish(),
  /** Self-evaluations by rating, from → to; null: without a total. */
  ratings: z.array(z.object({ from: z.string().nullable(), to: z.string().nullable(), count: z.number().int() })),
  /** The documents whose points move most, largest move first. */
  movers: z.array(z.object({
    documentKind: scoredKind, documentId: z.uuid(), title: z.string(), titleEn: z.string(), unitName: z.string(),
    from: decimalText.nullable(), to: decimalText.nullable(), difference: decimalText.nullable(), ratingFrom: z.string().nullable(), ratingTo: z.string().nullable(),
  })),
});
export type RuleProfilePreview = z.infer<typeof ruleProfilePreview>;

export const assignmentState = z.enum(['PROPOSED', 'APPROVED', 'REJECTED']);

/** One proposal to score a region or unit by a profile in a year. Append-only: a later approved one takes its place. */
export const ruleProfileAssignmentView = z.object({
  id: z.uuid(), scope: ruleProfileScope, scopeName: z.string(), fiscalYear: z.number().int(),
  profile: z.object({ id: z.uuid(), name: z.string(), version: z.number().int() }), state: assignmentState,
  assignedBy: z.string(), assignedAt: momentText, reason: z.string(), decidedBy: z.string().nullable(), decidedAt: momentText.nullable(), opinion: z.string().nullable(),
  /** Approved, and no later approved one for the same scope and year. */
  inForce: z.boolean(),
  /** What was shown to the one who proposed it. */
  preview: ruleProfilePreview,
  /** The reader may decide: finance or administrator for the scope, and not the one who proposed it. */
  mayDecide: z.boolean(), jobRunId: jobRunId.nullable(),
  /**
   * Approved and in force, and its documents are not all scored again yet: how many are, of how many, and how the job stands that does it. One that was cancelled or failed goes on when somebody has it
   * go on (POST /api/jobs/:id/retry); until then the rest keeps the points of the earlier rules. Null: nothing is owed.
   */
  rescoring: z.object({ done: z.number().int(), documents: z.number().int(), jobState: z.enum(['WAITING', 'RUNNING', 'FAILED', 'CANCELLED']).nullable() }).nullish(),
});
export type RuleProfileAssignmentView = z.infer<typeof ruleProfileAssignmentView>;

/** GET /api/rule-profile-assignments?fiscalYear= */
export const ruleProfileAssignmentList = z.object({ assignments: z.array(ruleProfileAssignmentView), defaultProfile: z.object({ id: z.uuid(), name: z.string(), version: z.number().int() }) });
export type RuleProfileAssignmentList = z.infer<typeof ruleProfileAssignmentList>;

const ruleProfileWish = z.object({ scope: ruleProfileScope, fiscalYear: z.number().int().min(2000).max(2100), profileId: z.uuid() });
/**
 * POST /api/rule-profile-assignments/preview (finance, administrator for the scope): answers {@link ruleProfilePreview}. `waitsFor`: the job that an open page waits for; looking whether it has ended
 * asks for no other job in the place of one that was cancelled. `anew`: what was computed before is not shown again; where a job is at it already, that one is waited for.
 */
export const previewRuleProfile = ruleProfileWish.extend({ waitsFor: jobRunId.optional(), anew: z.boolean().optional() });
/** POST /api/rule-profile-assignments: the proposal. */
export const proposeRuleProfile = ruleProfileWish.extend({ reason: longText.min(2) });
/** POST /api/rule-profile-assignments/:id/decision, by a second person. Approving asks for scoring again. */
export const decideRuleProfile = z.object({ decision: z.enum(['APPROVE', 'REJECT']), opinion: longText });

/** GET /api/rule-profile-assignments/in-force?unitId&fiscalYear: which profile scores a unit, and by which assignment (null: the default). */
export const ruleProfileInForce = z.object({ profile: z.object({ id: z.uuid(), name: z.string(), version: z.number().int() }), assignmentId: z.uuid().nullable() });
export type RuleProfileInForce = z.infer<typeof ruleProfileInForce>;
