import { computed, signal } from '@angular/core';
import type { BudgetUnitId, JobRunId, RuleProfileAssignmentList, RuleProfileAssignmentView, RuleProfileList, RuleProfilePreview, RuleProfileView, UnitView } from '@jiheng/contract';
import { type ProfileSentence, type RuleProfile, sayRuleProfile } from '@jiheng/domain';
import { Load } from '../api/load';
import type { Answer, Problem } from '../api/problem';
import type { DecideRuleProfileBody, PreviewRuleProfileBody, ProposeRuleProfileBody } from '../api/rule-profiles-api';
import { RuleProfileDraft } from './rule-profile-draft';

/** What the model asks of the server. */
export interface RuleProfilesDoor {
  list(): Promise<Answer<RuleProfileList>>;
  create(profile: Record<string, unknown>): Promise<Answer<RuleProfileView>>;
  assignments(fiscalYear: number): Promise<Answer<RuleProfileAssignmentList>>;
  preview(body: PreviewRuleProfileBody): Promise<Answer<RuleProfilePreview>>;
  propose(body: ProposeRuleProfileBody): Promise<Answer<RuleProfileAssignmentView>>;
  decide(id: string, body: DecideRuleProfileBody): Promise<Answer<RuleProfileAssignmentView>>;
}

/** One profile with its parameters as sentences. */
export interface SaidProfile {
  readonly view: RuleProfileView;
  readonly title: { readonly zh: string; readonly en: string };
  readonly notes: { readonly zh: string; readonly en: string };
  readonly sentences: readonly ProfileSentence[];
}

/** Region codes as the contract has them. */
const REGION_SHAPE = /^\d{2,12}$/;

/** Rules of scoring, where they hold, and the two steps by which that changes: shown and proposed by one, decided by another. */
export class RuleProfilesModel {
  private readonly listLoad = new Load<RuleProfileList>();
  private readonly assignmentLoad = new Load<RuleProfileAssignmentList>();
  readonly profiles = computed<readonly SaidProfile[]>(() => (this.listLoad.value()?.profiles ?? []).map(toSaid));
  readonly mayPropose = computed(() => this.listLoad.value()?.mayCreate === true);
  readonly assignments = computed(() => this.assignmentLoad.value()?.assignments ?? []);
  readonly defaultProfile = computed(() => this.assignmentLoad.value()?.defaultProfile ?? null);
  readonly first = computed(() => this.listLoad.first() || this.assignmentLoad.first());
  readonly readProblem = computed(() => this.listLoad.problem() ?? this.assignmentLoad.problem());
  readonly problem = signal<Problem | null>(null);
  readonly busy = signal(false);
  readonly said = signal<'proposed' | 'approved' | 'rejected' | 'created' | null>(null);

  readonly scopeKind = signal<'UNIT' | 'REGION'>('UNIT');
  readonly unitId = signal('');
  readonly regionCode = signal('');
  readonly profileId = signal('');
  readonly reason = signal('');
  /** The profile that is being written. */
  readonly draft = new RuleProfileDraft(() => (this.listLoad.value()?.profiles ?? []));
  readonly opinion = signal('');
  /** What was computed, and for which wish: a changed wish has to be shown anew before it is proposed. */
  private readonly shown = signal<{ readonly wish: string; readonly preview: RuleProfilePreview } | null>(null);
  private looking: ReturnType<typeof setTimeout> | null = null;
  readonly preview = computed(() => (this.shown()?.wish === JSON.stringify(this.wish()) ? this.shown()?.preview ?? null : null));
  readonly wish = computed<PreviewRuleProfileBody | null>(() => {
    const profileId = this.profileId();
    if (profileId === '') return null;
    const code = this.regionCode().trim();
    if (this.scopeKind() === 'REGION') return REGION_SHAPE.test(code) ? { scope: { kind: 'REGION', regionCode: code }, fiscalYear: this.fiscalYear(), profileId } : null;
    return this.unitId() === '' ? null : { scope: { kind: 'UNIT', unitId: this.unitId() as BudgetUnitId }, fiscalYear: this.fiscalYear(), profileId };
  });
  /** A region code that cannot be one; nothing typed yet is no slip. */
  readonly regionWrong = computed(() => this.scopeKind() === 'REGION' && this.regionCode().trim() !== '' && !REGION_SHAPE.test(this.regionCode().trim()));
  readonly mayBeProposed = computed(() => this.preview() !== null && !isBeingComputed(this.preview()) && this.reason().trim().length >= 2 && !this.busy());

  constructor(private readonly door: RuleProfilesDoor, private readonly fiscalYear: () => number, readonly units: () => readonly UnitView[]) {}

  async read(): Promise<void> {
    await Promise.all([this.listLoad.run(() => this.door.list()), this.assignmentLoad.run(() => this.door.assignments(this.fiscalYear()))]);
  }

  /** Asks for the effect; what was cancelled before is computed anew. @param anew not what was computed a while ago, but as things stand now */
  show(anew = false): Promise<void> {
    return this.look(null, anew);
  }

  /** Asks what a proposal would change as things stand now. */
  async computeAnew({ scope, profile }: RuleProfileAssignmentView): Promise<void> {
    if (this.busy()) return;
    this.scopeKind.set(scope.kind);
    if (scope.kind === 'UNIT') this.unitId.set(scope.unitId); else this.regionCode.set(scope.regionCode);
    this.profileId.set(profile.id);
    await this.show(true);
  }

  /** @param waitsFor the job whose result is looked for; no other is asked for in its place */
  private async look(waitsFor: JobRunId | null, anew = false): Promise<void> {
    const wish = this.wish();
    if (wish === null || this.busy()) return;
    const preview = await this.ask(() => this.door.preview({ ...wish, ...(waitsFor === null ? {} : { waitsFor }), ...(anew ? { anew } : {}) }));
    if (preview === null) return;
    this.shown.set({ wish: JSON.stringify(wish), preview });
    if (isBeingComputed(preview) && !isCancelled(preview)) this.lookAgain(JSON.stringify(wish), preview.jobRunId ?? null);
  }

  /** The page is left: nothing is looked for any more. */
  leave(): void {
    if (this.looking !== null) clearTimeout(this.looking);
  }

  /** Many documents are computed by a job; what it found is fetched as long as nobody asks for something else. */
  private lookAgain(wish: string, waitsFor: JobRunId | null): void {
    this.leave();
    this.looking = setTimeout(() => { if (JSON.stringify(this.wish()) === wish) void this.look(waitsFor); }, LOOK_AGAIN_MS);
  }

  async propose(): Promise<void> {
    const wish = this.wish();
    if (wish === null || !this.mayBeProposed()) return;
    const made = await this.ask(() => this.door.propose({ ...wish, reason: this.reason().trim() }));
    if (made === null) return;
    this.shown.set(null);
    this.reason.set('');
    this.said.set('proposed');
    await this.read();
  }

  async decide(assignment: RuleProfileAssignmentView, decision: 'APPROVE' | 'REJECT'): Promise<void> {
    if (this.busy()) return;
    const decided = await this.ask(() => this.door.decide(assignment.id, { decision, opinion: this.opinion().trim() }));
    if (decided === null) return;
    this.opinion.set('');
    this.said.set(decision === 'APPROVE' ? 'approved' : 'rejected');
    await this.read();
  }

  /** Takes the profile that was written on record, and offers it as the one to be used. */
  async create(): Promise<void> {
    const profile = this.draft.profile();
    if (profile === null || this.busy()) return;
    const made = await this.ask(() => this.door.create({ ...profile }));
    if (made === null) return;
    this.draft.end();
    this.said.set('created');
    await this.read();
    this.profileId.set(made.id);
  }

  /** Begins the next profile from one that is known. */
  copy(profile: SaidProfile): void {
    this.draft.begin(parametersOf(profile.view));
  }

  /** One write at a time; a refusal stays until the next try. */
  private async ask<T>(write: () => Promise<Answer<T>>): Promise<T | null> {
    this.busy.set(true);
    this.problem.set(null);
    this.said.set(null);
    const answer = await write();
    this.busy.set(false);
    if (answer.ok) return answer.value;
    this.problem.set(answer.problem);
    return null;
  }
}

function toSaid(view: RuleProfileView): SaidProfile {
  const profile = parametersOf(view);
  return { view, title: profile.title, notes: profile.notes, sentences: sayRuleProfile(profile) };
}

/** The server took the profile through the domain's strict check before it went on record. */
function parametersOf(view: RuleProfileView): RuleProfile {
  return view.parameters as unknown as RuleProfile;
}

/** How often a job's result is asked for, ms. */
const LOOK_AGAIN_MS = 2_500;

/** Nothing is known yet: a job computes it. */
export function isBeingComputed(preview: RuleProfilePreview | null): boolean {
  return preview?.jobRunId != null && preview.notComputed > 0;
}

/** The job that was to compute it was cancelled: nothing comes of waiting. */
export function isCancelled(preview: RuleProfilePreview | null): boolean {
  return isBeingComputed(preview) && preview?.jobState === 'CANCELLED';
}
