import { z } from 'zod';
import { dayText, momentText, shortText } from './decimal-text';
import { budgetUnitId, jobRunId, periodId, pullRunId, pullSourceId } from './ids';
import { pullSecretView, pullSecrets, pullSourceKind, pullSourceSettings } from './pull-source.contract';

/** A job that a person can see: its progress, and when it failed, why and who can mend it. Of one that is done `failure` says what it did not bring, where there is something to say. */
export const jobRunView = z.object({
  id: jobRunId, name: z.enum(['open-period', 'run-pull', 'score-monitoring-report', 'score-self-evaluation', 'score-region', 'apply-rule-profile', 'render-report', 'read-document']),
  title: z.string(), titleEn: z.string(), state: z.enum(['WAITING', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED']),
  done: z.number().int(), total: z.number().int(), at: z.string().nullable(), failureZh: z.string().nullable(), failureEn: z.string().nullable(), mender: z.string().nullable(),
  attempts: z.number().int(), link: z.string().nullable(), unitName: z.string().nullish(), by: z.string(), createdAt: momentText, startedAt: momentText.nullable(), finishedAt: momentText.nullable(),
  /**
   * Of one that runs: for how long nobody who is at it has given a sign of life, when this was read; null of all others. Workers give one every three seconds: after half a minute the worker has probably
   * stopped, and another takes the job up. From `createdAt` to `finishedAt` is how long it took from being asked for; from `startedAt` only its last try.
   */
  silentSeconds: z.number().int().nullish(),
  /** A failed one that asks nobody for anything any more: a later job of the same subject succeeded. */
  overtaken: z.boolean(),
  /** What it was about was deleted, in words; it stays as history, cannot be tried again and asks nobody for anything. */
  goneZh: z.string().nullable(), goneEn: z.string().nullable(),
  /** Whether the reader may try it again (of those that were cancelled: have it go on with what is left, where its kind can), or take it back, as it stands now. */
  retryable: z.boolean(), cancellable: z.boolean(),
});
export type JobRunView = z.infer<typeof jobRunView>;
/** GET /api/jobs?state=&cursor= ; GET /api/jobs/events is a stream of `jobRunView` (server-sent events). */
export const jobRunList = z.object({ jobs: z.array(jobRunView), nextCursor: z.string().nullable(), counts: z.record(z.string(), z.number().int()) });
export type JobRunList = z.infer<typeof jobRunList>;

/** `formula` and the parts are written on the page of the bindings; '' for one that has none. */
export const pullMapping = z.object({
  indicatorKey: z.string(), tableTitle: z.string(), field: z.string(), unit: z.string(), indicatorName: z.string(), formula: z.string(), numeratorField: z.string(), denominatorField: z.string(),
});
export const pullSourceView = z.object({
  id: pullSourceId, unitId: budgetUnitId, unitName: z.string(), name: z.string(), kind: pullSourceKind, place: z.string(), state: z.enum(['ACTIVE', 'PAUSED']),
  pauseReason: z.string().nullable(), pauseReasonEn: z.string().nullable(), rowsPath: z.string(), keyField: z.string(), valueField: z.string(),
  /** What it is asked with; null for those who may not change it. Which secrets it has, never what they are. */
  settings: pullSourceSettings.nullable(), secrets: z.array(pullSecretView),
  /** Of what the form and the bindings show: what `expectedRevision` is checked against. Pulling, pausing and its schedule leave it as it is. */
  revision: z.number().int(),
  /** Whether the reader may ask it, change it and switch it off. */
  mayChange: z.boolean(), mappings: z.array(pullMapping),
  /** Of a paused one: whether a person switched it off, and not the house because it failed. */
  switchedOff: z.boolean(),
  /**
   * The last attempt; one whose job is over is over, whatever it says itself. Among the candidates are the doubtful ones; what could not be read is offered to nobody, nor what is `locked`: nobody may
   * change its report now. Of one that is done, `failure` says that the source had nothing to take, and what was looked for. `nextTry`: it failed and waits until then; a person may have it tried now.
   */
  lastRun: z.object({
    id: pullRunId, jobRunId: jobRunId.nullable(), state: z.enum(['WAITING', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED']), at: momentText, observations: z.number().int(), candidates: z.number().int(),
    same: z.number().int(), unreadable: z.number().int(), doubtful: z.number().int(), locked: z.number().int(), failureZh: z.string().nullable(), failureEn: z.string().nullable(),
    nextTry: z.object({ at: momentText, periodId }).nullable(),
  }).nullable(),
  /** Since when its owner knows that pulls by its schedule again and again bring nothing; null where they bring something, or nobody was told. */
  silentSince: momentText.nullish(),
});
export type PullSourceView = z.infer<typeof pullSourceView>;
/** GET /api/pull-sources?unitId: sources of the units a person may read, or of those at and below one of them; `more` when not all are listed. */
export const pullSourceFilter = z.object({ unitId: budgetUnitId.optional() });
export const pullSourceList = z.object({ sources: z.array(pullSourceView), more: z.boolean() });
/** POST /api/pull-sources */
export const createPullSource = z.object({
  unitId: budgetUnitId, name: shortText.min(1), kind: pullSourceKind, place: z.string().min(1).max(500),
  /** For HTTP_JSON: JSONPath (RFC 9535) to the list of rows, and the names of the key and value members. Sheets: column names. */
  rowsPath: z.string().max(200).default('$.rows[*]'), keyField: z.string().max(60).default('key'), valueField: z.string().max(60).default('value'),
  settings: pullSourceSettings.default(() => pullSourceSettings.parse({})),
  /** Write-only; see `pullSecrets`. */
  secrets: pullSecrets.default({}),
  mappings: z.array(z.object({ indicatorKey: z.string(), field: z.string(), unit: z.string() })).max(500),
});
/**
 * PUT /api/pull-sources/:id: everything anew but the unit and what the form does not show. Of the bindings only those that are carried are changed: a field of '' takes a plain one away, and one with a
 * formula or parts stays as it is (PUT …/bindings changes those). `expectedRevision` is the one that was read; answers 409 with the source as `present` when somebody was faster. POST /api/pull-sources/:id/pause and /resume switch it off and on. DELETE takes one away that never brought a value. */
export const changePullSource = createPullSource.omit({ unitId: true }).extend({ expectedRevision: z.number().int().min(0) });
/** POST /api/pull-sources/try: asks a source that is not saved for one period and keeps nothing. `sourceId`: the saved one whose secrets are used where none are given. */
export const tryPullSource = createPullSource.extend({ periodId, sourceId: pullSourceId.optional() });
/** What a source said when it was tried: its rows (the first 200), and what each binding would make of them as it is after the form is saved, with the formulas and parts that are saved already. */
export const pullTrial = z.object({
  rows: z.array(z.object({ key: z.string(), verbatim: z.string() })), rowCount: z.number().int(),
  mapped: z.array(z.object({ indicatorKey: z.string(), verbatim: z.string(), reading: z.string().nullable(), problemZh: z.string().nullable(), problemEn: z.string().nullable(),
    /** What looks wrong about a value that can be read. */
    warningZh: z.string().optional(), warningEn: z.string().optional() })),
});
export type PullTrial = z.infer<typeof pullTrial>;
/** POST /api/pull-sources/:id/runs: asks the source for a period, and answers `startedPull`. One that waits for its next try is tried now instead, by the same job: `broughtForward`. */
export const startPull = z.object({ periodId });
export const startedPull = z.object({ runId: pullRunId, jobRunId, broughtForward: z.boolean() });
export type StartedPull = z.infer<typeof startedPull>;

/** GET /api/work: what waits for me. */
export const workItem = z.object({
  kind: z.enum(['ENTER', 'RETURNED', 'REVIEW', 'SIGN', 'SELF_EVALUATE', 'CANDIDATES', 'FAILED_JOB', 'NOTICE', 'APPROVE_TABLE', 'APPROVE_RULES', 'ACCEPT']), title: z.string(), unitName: z.string(), detailZh: z.string(), detailEn: z.string(),
  dueOn: dayText.nullable(), daysLeft: z.number().int().nullable(), link: z.string(), done: z.number().int().nullable(), total: z.number().int().nullable(), opinion: z.string().nullable(),
});
export type WorkItem = z.infer<typeof workItem>;
export const workView = z.object({ items: z.array(workItem), today: dayText, period: z.object({ label: z.string(), dueOn: dayText, daysLeft: z.number().int() }).nullable() });
export type WorkView = z.infer<typeof workView>;
