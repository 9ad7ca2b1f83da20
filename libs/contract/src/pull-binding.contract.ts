import { z } from 'zod';
import { momentText, shortText } from './decimal-text';
import { periodId } from './ids';

/** Which rows of a source make the value of one indicator, and by which arithmetic. Names in a formula: value, numerator, denominator (数值, 分子, 分母). */
export const bindingBody = z.object({
  indicatorKey: z.string().min(1).max(60), field: z.string().max(200), unit: z.string().max(20), formula: z.string().max(200),
  numeratorField: z.string().max(200), denominatorField: z.string().max(200),
});
export type BindingBody = z.infer<typeof bindingBody>;
/** GET and PUT /api/pull-sources/:id/bindings */
export const bindingsBody = z.object({ bindings: z.array(bindingBody).max(500) });
/** All bindings anew, from those of the revision that was read; 409 with the view as `present` when somebody was faster. */
export const changeBindings = bindingsBody.extend({ expectedRevision: z.number().int().min(0) });
/** 负责人. `answers` is who hears when the source fails: the owner, as long as there is one who may change it, and those who stand in. */
export const sourceOwner = z.object({ name: z.string(), isMe: z.boolean(), isActive: z.boolean(), answers: z.array(z.string()), standIn: z.enum(['reporter', 'manager', 'administrator']).nullable() });
export type SourceOwner = z.infer<typeof sourceOwner>;
export const bindingsView = z.object({
  /** The same as that of the source. */
  revision: z.number().int(), owner: sourceOwner,
  sourceName: z.string(), unitName: z.string(), mayChange: z.boolean(),
  /** What goes with the source when it is deleted (DELETE /api/pull-sources/:id), as it is saved; null once it has brought values: they point at it as where they come from. */
  goesWith: z.object({ bindings: z.number().int(), hasSchedule: z.boolean(), secrets: z.number().int(), pulls: z.number().int(), isUnderWay: z.boolean() }).nullable(),
  bindings: z.array(bindingBody.extend({ indicatorName: z.string(), tableTitle: z.string(), ownUnit: z.string() })),
  /** Rows of the unit's tables that the source is not asked for yet. */
  unbound: z.array(z.object({ indicatorKey: z.string(), indicatorName: z.string(), tableTitle: z.string(), ownUnit: z.string() })),
});
export type BindingsView = z.infer<typeof bindingsView>;
/** POST /api/pull-sources/:id/bindings/preview: asks the source once and keeps nothing. Without a period: the latest one that has a report with one of the indicators. */
export const previewBindings = bindingsBody.extend({ periodId: periodId.nullable() });
export const bindingPreview = z.object({
  periodZh: z.string(), periodEn: z.string(), rowCount: z.number().int(),
  /** How many values would stand beside another one, or beside an empty cell. */
  wouldChange: z.number().int(),
  rows: z.array(z.object({
    indicatorKey: z.string(), indicatorName: z.string(), verbatim: z.string(), row: z.string(),
    /** The value that stands there, and the one the source would offer, as the form spells them. */
    present: z.string().nullable(), offered: z.string().nullable(),
    outcome: z.enum(['SAME', 'CANDIDATE', 'IMPLAUSIBLE', 'LOCKED', 'UNREADABLE', 'SILENT', 'NO_REPORT']), noteZh: z.string().nullable(), noteEn: z.string().nullable(),
  })),
});
export type BindingPreview = z.infer<typeof bindingPreview>;

/** GET /api/observations/:id: where a pulled value came from. */
export const observationOrigin = z.object({
  sourceName: z.string(), indicatorKey: z.string(), observedAt: momentText,
  /** The place and path that were asked, and the rows it answered with, as they came (bounded). Null for those pulled before these were kept. */
  asked: z.string().nullable(), row: z.string().nullable(), verbatim: z.string(),
  /** How the value was made of what was said, with the names of each language; '' when it was taken as it stood. */
  formula: z.string(), formulaEn: z.string(), reading: z.string().nullable(),
  /** SHA-256 of the rows above, and of the whole answer as it is kept. */
  sha256: z.string(), bodySha256: z.string().nullable(), outcome: z.string(), noteZh: z.string().nullable(), noteEn: z.string().nullable(),
});
export type ObservationOrigin = z.infer<typeof observationOrigin>;

/** GET /api/reconciliation: how often sources and people disagree. */
export const reconciliationView = z.object({
  sources: z.array(z.object({
    /** `observed` is the sum of agreed, accepted, kept, open, replaced (the same source has said something newer, or does not say it any more), locked (nobody could change the report) and unreadable; a year in the archive has nothing open. */
    sourceId: z.uuid(), sourceName: z.string(), unitName: z.string(), observed: z.number().int(), unreadable: z.number().int(), locked: z.number().int(), agreed: z.number().int(), accepted: z.number().int(),
    kept: z.number().int(), open: z.number().int(), replaced: z.number().int(),
    /** Of those observed, however they were settled. */
    implausible: z.number().int(),
    /** Mean of |source − present| ÷ |present| over the settled ones, decimal text of a share; null when none could be measured. */
    meanDeviation: z.string().nullable(), largestDeviation: z.string().nullable(), lastDisagreementAt: momentText.nullable(), lastPulledAt: momentText.nullable(),
  })),
  /** The latest hundred disagreements: settled ones, each with its deviation of then, and those that wait, with the deviation from what stands there now (null: nothing, or nothing to measure by). */
  recent: z.array(z.object({
    candidateId: z.uuid(), observationId: z.uuid(), sourceName: z.string(), unitName: z.string(), indicatorName: z.string(), periodZh: z.string(), periodEn: z.string(), reportId: z.uuid(), verbatim: z.string(),
    /** What that was read as, with its unit; null where it was not kept. */
    reading: z.string().nullable(),
    settlement: z.enum(['ACCEPTED', 'KEPT', 'OPEN']), reason: z.string().nullable(), warning: z.string().nullable(), deviation: z.string().nullable(), by: z.string().nullable(), at: momentText,
  })),
});
export type ReconciliationView = z.infer<typeof reconciliationView>;

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** PUT /api/pull-sources/:id/schedule. Times and rules are of Asia/Shanghai. */
export const scheduleBody = z.object({
  rule: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('QUARTER_END'), day: z.number().int().min(0).max(60), time: clockTime }),
    z.object({ kind: z.literal('MONTHLY'), day: z.number().int().min(1).max(31), time: clockTime }),
    z.object({ kind: z.literal('CRON'), cron: shortText.min(9) }),
  ]),
  /** Hours in which the source may be asked; may span midnight. */
  window: z.object({ from: clockTime, to: clockTime }).nullable(),
  minGapMinutes: z.number().int().min(1).max(10_080),
});
export type ScheduleBody = z.infer<typeof scheduleBody>;
/** Made from the schedule of this revision; 409 with the view as `present` when somebody was faster. */
export const changeSchedule = scheduleBody.extend({ expectedRevision: z.number().int().min(0) });
/** DELETE /api/pull-sources/:id/schedule?expectedRevision= */
export const seenSchedule = z.object({ expectedRevision: z.coerce.number().int().min(0) });
/** GET /api/pull-sources/:id/schedule; `schedule` null: never asked by itself. POST …/schedule/pause and /resume change no revision; DELETE takes it away. */
export const scheduleView = z.object({
  mayChange: z.boolean(), revision: z.number().int(),
  schedule: scheduleBody.extend({
    state: z.enum(['ACTIVE', 'PAUSED']), next: z.array(momentText), lastAt: momentText.nullable(), missed: z.number().int(), noteZh: z.string().nullable(), noteEn: z.string().nullable(),
  }).nullable(),
});
export type ScheduleView = z.infer<typeof scheduleView>;
