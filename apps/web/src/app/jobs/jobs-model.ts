import { computed, signal } from '@angular/core';
import type { JobRunList, JobRunView } from '@jiheng/contract';
import type { Answer, Problem } from '../api/problem';

/** What the model asks of the outside. */
export interface JobsGateway {
  list(filter: { readonly state: string | null; readonly cursor?: string | null } & JobNarrowing): Promise<Answer<JobRunList>>;
  retry(id: string): Promise<Answer<void>>;
  cancel(id: string): Promise<Answer<void>>;
}

/** By what else the list is narrowed; null does not. Days as YYYY-MM-DD. */
export interface JobNarrowing { readonly name?: string | null; readonly from?: string | null; readonly to?: string | null; readonly q?: string | null }
export const JOB_KINDS = ['run-pull', 'score-monitoring-report', 'score-self-evaluation', 'score-region', 'apply-rule-profile', 'render-report', 'read-document', 'open-period'] as const;

/** The states a person may look at alone; null: all. */
export const JOB_STATES = [null, 'RUNNING', 'WAITING', 'FAILED', 'DONE', 'CANCELLED'] as const;

/** News come in crowds; the counts are asked for again once they have calmed down for a moment, and at least this often while they do not. */
const RECOUNT_AFTER_MS = 400;
const RECOUNT_AT_LATEST_MS = 3_000;
/** A worker gives a sign of life every three seconds: whose job has been silent for so long is probably dead. Another one takes it up after half a minute, as a rule. */
const SILENT_FROM_S = 15;

/** The jobs page without its DOM: a list that stays true while news of jobs comes in. */
export class JobsModel {
  private readonly known = signal<readonly JobRunView[]>([]);
  private readonly cursor = signal<string | null>(null);
  readonly counts = signal<Readonly<Record<string, number>>>({});
  /** Grows whenever the server has counted: something has failed, ended or been tried again since. */
  readonly counted = signal(0);
  readonly state = signal<string | null>(null);
  readonly narrowing = signal<JobNarrowing>({});
  readonly problem = signal<Problem | null>(null);
  readonly loading = signal(false);
  readonly read = signal(false);
  /** The job about which the server is being asked something. */
  readonly busy = signal<string | null>(null);
  /** Refusal of a deed, beside the job it was asked for. */
  readonly refused = signal<{ readonly id: string; readonly problem: Problem } | null>(null);

  /** States of jobs that are not on the list, as news told them: their progress changes no count. */
  private readonly elsewhere = new Map<string, string>();
  private recountTimer: ReturnType<typeof setTimeout> | null = null;
  private recountDueAt = 0;
  private left = false;

  /** News that came while a list was on its way: the list may be older than they are. */
  private heardMeanwhile: Map<string, JobRunView> | null = null;

  readonly jobs = computed(() => this.known().filter((job) => this.state() === null || job.state === this.state()));
  /** Whether not all jobs are asked for. */
  readonly narrowed = computed(() => this.state() !== null || Object.values(this.narrowing()).some((one) => one !== null && one !== undefined && one !== ''));
  readonly looking = computed(() => ({ state: this.state(), name: null, from: null, to: null, q: null, ...this.narrowing() }));
  /** For how many seconds running jobs have been silent, by their id; only of those of which it is worth saying. */
  readonly silent = signal<ReadonlyMap<string, number>>(new Map());
  readonly hasMore = computed(() => this.cursor() !== null);

  constructor(private readonly gateway: JobsGateway) {}

  /** Reads the first page of the chosen state. */
  async load(): Promise<void> {
    this.loading.set(true);
    const heard = (this.heardMeanwhile = new Map<string, JobRunView>());
    const answer = await this.gateway.list({ state: this.state(), ...this.narrowing() });
    // Asked again meanwhile: that answer will be the newer one.
    if (this.heardMeanwhile !== heard) return;
    this.heardMeanwhile = null;
    this.loading.set(false);
    this.problem.set(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    const listed = new Set<string>(answer.value.jobs.map((job) => job.id));
    this.known.set([...[...heard.values()].filter((job) => !listed.has(job.id)), ...answer.value.jobs.map((job) => heard.get(job.id) ?? job)]);
    this.cursor.set(answer.value.nextCursor);
    this.counts.set(answer.value.counts);
    this.counted.update((n) => n + 1);
    this.read.set(true);
    // What was heard meanwhile may have been counted, or not.
    if (heard.size > 0) this.recountSoon();
  }

  /** The next page, behind what is there. */
  async loadMore(): Promise<void> {
    const cursor = this.cursor();
    if (cursor === null) return;
    const answer = await this.gateway.list({ state: this.state(), cursor, ...this.narrowing() });
    this.problem.set(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    const here = new Set(this.known().map((job) => job.id));
    this.known.set([...this.known(), ...answer.value.jobs.filter((job) => !here.has(job.id))]);
    this.cursor.set(answer.value.nextCursor);
  }

  choose(state: string | null): Promise<void> {
    this.state.set(state);
    return this.load();
  }

  /** Looks at the jobs that an address names. */
  look({ state, ...narrowing }: { readonly state: string | null } & JobNarrowing): Promise<void> {
    this.state.set(state);
    this.narrowing.set(narrowing);
    return this.load();
  }

  narrow(change: JobNarrowing): Promise<void> {
    this.narrowing.update((present) => ({ ...present, ...change }));
    return this.load();
  }

  /** Whether news of a job that is not on the list may be put there: a narrowed list asks the server. */
  private welcomes(job: JobRunView): boolean {
    const { name, from, to, q } = this.narrowing();
    return (name ?? job.name) === job.name && !from && !to && !q;
  }

  /**
   * News of one job: replaces it where it stands, or puts it on top when it is new. Counts follow at once where that is sure. A job that is first heard of as
   * running or ended may have been counted already or not: whenever a state has changed, the server counts anew.
   */
  hear(job: JobRunView): void {
    this.heardMeanwhile?.set(job.id, job);
    const before = this.known().find((one) => one.id === job.id);
    const stateBefore = before?.state ?? this.elsewhere.get(job.id);
    if (before === undefined) this.elsewhere.set(job.id, job.state);
    this.known.set(before ? this.known().map((one) => (one.id === job.id ? job : one)) : this.welcomes(job) ? [job, ...this.known()] : this.known());
    if (stateBefore === job.state) return;
    const counts = { ...this.counts() };
    if (stateBefore !== undefined) counts[stateBefore] = Math.max(0, (counts[stateBefore] ?? 0) - 1);
    if (stateBefore !== undefined || job.state === 'WAITING') counts[job.state] = (counts[job.state] ?? 0) + 1;
    this.counts.set(counts);
    this.recountSoon();
  }

  /** Asks, now and then, which of the running jobs give no sign of life: of one whose worker died no news comes. Asks nothing while none runs. */
  async listen(): Promise<void> {
    const running = new Set<string>(this.known().filter((job) => job.state === 'RUNNING').map((job) => job.id));
    const answer = running.size === 0 ? null : await this.gateway.list({ state: 'RUNNING' });
    const jobs = answer?.ok === true ? answer.value.jobs : [];
    this.silent.set(new Map(jobs.flatMap(({ id, silentSeconds: seconds }) => (running.has(id) && seconds != null && seconds >= SILENT_FROM_S ? [[id, seconds] as const] : []))));
  }

  /** Nobody looks any more. */
  leave(): void {
    this.left = true;
    if (this.recountTimer !== null) clearTimeout(this.recountTimer);
  }

  private recountSoon(): void {
    if (this.left) return;
    const now = Date.now();
    if (this.recountTimer === null) this.recountDueAt = now + RECOUNT_AT_LATEST_MS;
    else clearTimeout(this.recountTimer);
    this.recountTimer = setTimeout(() => { this.recountTimer = null; void this.recount(); }, Math.max(0, Math.min(RECOUNT_AFTER_MS, this.recountDueAt - now)));
  }

  /** An answer that was overtaken by news is not believed: those have asked for another one. */
  private async recount(): Promise<void> {
    const answer = await this.gateway.list({ state: this.state(), ...this.narrowing() });
    if (!answer.ok || this.left || this.recountTimer !== null) return;
    this.counts.set(answer.value.counts);
    this.counted.update((n) => n + 1);
    // A job that ended well may have overtaken one that failed before it, of which no news comes.
    const overtaken = new Set<string>(answer.value.jobs.filter((job) => job.overtaken).map((job) => job.id));
    this.known.update((jobs) => jobs.map((job) => (job.state === 'FAILED' && overtaken.has(job.id) ? { ...job, overtaken: true, retryable: false } : job)));
  }

  retry(id: string): Promise<void> {
    return this.ask(id, () => this.gateway.retry(id), (job) => (job.state === 'FAILED' || job.state === 'CANCELLED' ? { ...job, state: 'WAITING', overtaken: false, retryable: false, failureZh: null, failureEn: null } : job));
  }

  /** A job that runs stops at its next step; what it has done stays. */
  cancel(id: string): Promise<void> {
    return this.ask(id, () => this.gateway.cancel(id), (job) => (job.state === 'WAITING' || job.state === 'RUNNING' ? { ...job, state: 'CANCELLED', cancellable: false } : job));
  }

  private async ask(id: string, deed: () => Promise<Answer<void>>, then: (job: JobRunView) => JobRunView): Promise<void> {
    if (this.busy() !== null) return;
    this.busy.set(id);
    this.refused.set(null);
    const answer = await deed();
    this.busy.set(null);
    // How it goes on is told by the stream, like everything else about a job; the state at once keeps a second click away.
    const job = this.known().find((one) => one.id === id);
    if (!answer.ok) this.refused.set({ id, problem: answer.problem });
    else if (job !== undefined && then(job) !== job) this.hear(then(job));
  }
}

/** Whole seconds of its last try, and from being asked for; null while one of the ends is unknown. */
export function secondsOf(job: Pick<JobRunView, 'createdAt' | 'startedAt' | 'finishedAt'>): { readonly own: number; readonly inAll: number } | null {
  if (job.startedAt === null || job.finishedAt === null) return null;
  const since = (moment: string): number => Math.max(0, Math.round((Date.parse(job.finishedAt ?? '') - Date.parse(moment)) / 1000));
  return { own: since(job.startedAt), inAll: since(job.createdAt) };
}
