import { ChangeDetectionStrategy, Component, DestroyRef, ElementRef, effect, inject, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { RuleProfileAssignmentView } from '@jiheng/contract';
import { RuleProfilesApi } from '../api/rule-profiles-api';
import { UnitField } from '../session/unit-field';
import { Viewpoint } from '../session/viewpoint';
import { RefusalNote } from '../ui/refusal/refusal';
import { sayMoment } from '../words/moments';
import { Words } from '../words/words';
import { PreviewNote } from './preview-note';
import { RuleProfileForm } from './rule-profile-form';
import { RuleProfilesModel, type SaidProfile } from './rule-profiles-model';
import { ruleProfilesWords } from './rule-profiles-words';

/** 评分规则: what the rules say, where they hold, and how another profile is shown, proposed and approved. */
@Component({
  selector: 'jh-rule-profiles-page',
  imports: [PreviewNote, RefusalNote, RouterLink, RuleProfileForm, UnitField],
  templateUrl: './rule-profiles-page.html',
  styleUrl: './rule-profiles-page.css',
  host: { '(window:beforeunload)': 'guard($event)' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RuleProfilesPage {
  protected readonly words = inject(Words);
  protected readonly t = this.words.of(ruleProfilesWords);
  protected readonly viewpoint = inject(Viewpoint);
  private readonly place: ElementRef<HTMLElement> = inject(ElementRef);
  protected readonly model = new RuleProfilesModel(inject(RuleProfilesApi), () => this.viewpoint.fiscalYear(), () => this.viewpoint.units());

  constructor() {
    inject(DestroyRef).onDestroy(() => this.model.leave());
    effect(() => {
      this.viewpoint.fiscalYear();
      untracked(() => void this.model.read());
    });
  }

  protected at(moment: string | null | undefined): string {
    return moment === null || moment === undefined ? '' : sayMoment(moment, this.words.language());
  }
  protected scopeOf(assignment: RuleProfileAssignmentView): string {
    return assignment.scope.kind === 'REGION' ? this.t('region', { code: assignment.scope.regionCode }) : assignment.scopeName;
  }
  /** Nobody is at it, and nobody will be before somebody has it go on. */
  protected stopped({ jobState }: NonNullable<RuleProfileAssignmentView['rescoring']>): boolean {
    return jobState !== 'WAITING' && jobState !== 'RUNNING';
  }
  protected pickKind(kind: string): void {
    this.model.scopeKind.set(kind === 'REGION' ? 'REGION' : 'UNIT');
  }
  protected submit(event: Event, deed: () => Promise<void>): void {
    event.preventDefault();
    void deed();
  }
  /** What a proposal would change as things stand now: asked for as its own question, below, where the answer appears. What was proposed stays as it was shown. */
  protected computeAnew(assignment: RuleProfileAssignmentView): void {
    void this.model.computeAnew(assignment);
    this.place.nativeElement.querySelector<HTMLElement>('#change')?.focus();
  }
  protected readonly show = (): Promise<void> => this.model.show();

  /** Begins a profile and goes there: the form stands below what it was begun from. */
  protected copy(profile: SaidProfile): void {
    if (this.model.draft.isTouched() && !confirm(this.t('leave'))) return;
    this.model.copy(profile);
    this.place.nativeElement.querySelector<HTMLElement>('#create')?.focus();
  }

  mayLeave(): boolean {
    return !this.model.draft.isTouched() || confirm(this.t('leave'));
  }

  protected guard(event: BeforeUnloadEvent): void {
    if (this.model.draft.isTouched()) event.preventDefault();
  }
}
