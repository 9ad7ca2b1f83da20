import { ChangeDetectionStrategy, Component, DestroyRef, effect, inject, untracked } from '@angular/core';
import type { RuleProfileAssignmentView } from '@jiheng/contract';
import { RuleProfilesApi } from '../api/rule-profiles-api';
import { UnitField } from '../session/unit-field';
import { Viewpoint } from '../session/viewpoint';
import { Icon } from '../ui/icon/icon';
import { RefusalNote } from '../ui/refusal/refusal';
import { sayMoment } from '../words/moments';
import { Words } from '../words/words';
import { PreviewNote } from './preview-note';
import { RuleProfilesModel } from './rule-profiles-model';
import { ruleProfilesWords } from './rule-profiles-words';

/** 评分规则: what the rules say, where they hold, and how another profile is shown, proposed and approved. */
@Component({
  selector: 'jh-rule-profiles-page',
  imports: [Icon, PreviewNote, RefusalNote, UnitField],
  templateUrl: './rule-profiles-page.html',
  styleUrl: './rule-profiles-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RuleProfilesPage {
  protected readonly words = inject(Words);
  protected readonly t = this.words.of(ruleProfilesWords);
  protected readonly viewpoint = inject(Viewpoint);
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
  protected pickKind(kind: string): void {
    this.model.scopeKind.set(kind === 'REGION' ? 'REGION' : 'UNIT');
  }
  protected submit(event: Event, deed: () => Promise<void>): void {
    event.preventDefault();
    void deed();
  }
  protected readonly show = (): Promise<void> => this.model.show();
  protected readonly create = (): Promise<void> => this.model.create();
}
