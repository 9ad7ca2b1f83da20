import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { ActivatedRoute, RouterLink } from '@angular/router';
import type { BindingPreview } from '@jiheng/contract';
import { PullCareApi } from '../api/pull-care-api';
import { RefusalNote } from '../ui/refusal/refusal';
import { sayMoment } from '../words/moments';
import { Words } from '../words/words';
import { type BindingField, type ScheduleKind, SourceCareModel } from './source-care-model';
import { sourceCareWords } from './source-care-words';

/** One source: what of it goes into which indicator, tried on the last period before it is saved, and when it is asked by itself. */
@Component({
  selector: 'jh-source-care-page',
  imports: [RouterLink, RefusalNote],
  templateUrl: './source-care-page.html',
  styleUrl: './source-care-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SourceCarePage {
  private readonly words = inject(Words);
  protected readonly t = this.words.of(sourceCareWords);
  protected readonly model = new SourceCareModel(inject(PullCareApi), inject(ActivatedRoute).snapshot.paramMap.get('id') ?? '');
  protected readonly fields: readonly { readonly field: BindingField; readonly word: 'field' | 'unit' | 'formula' | 'numerator' | 'denominator' }[] = [
    { field: 'field', word: 'field' }, { field: 'unit', word: 'unit' }, { field: 'formula', word: 'formula' }, { field: 'numeratorField', word: 'numerator' }, { field: 'denominatorField', word: 'denominator' },
  ];
  protected readonly kinds: readonly ScheduleKind[] = ['QUARTER_END', 'MONTHLY', 'CRON'];

  constructor() {
    void this.model.load();
  }

  protected noteOf(row: BindingPreview['rows'][number]): string {
    return this.words.pick({ zh: row.noteZh ?? '', en: row.noteEn ?? '' });
  }
  protected moment(text: string): string {
    return sayMoment(text, this.words.language());
  }
  protected times(moments: readonly string[]): string {
    return moments.map((one) => this.moment(one)).join(this.words.language() === 'zh' ? '、' : ', ');
  }
  protected say(zh: string | null, en: string | null): string {
    return this.words.pick({ zh: zh ?? '', en: en ?? zh ?? '' });
  }
  protected pickKind(kind: string): void {
    this.model.plan({ kind: kind as ScheduleKind });
  }
}
