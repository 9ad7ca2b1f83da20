import { ChangeDetectionStrategy, Component, computed, inject, input, linkedSignal } from '@angular/core';
import { type Actual, formatActual, parseActualText, sayRefusal } from '@jiheng/domain';
import { toActual, toBody } from '../api/actual-body';
import { withoutTrailingZeros } from '../ui/points/say-points';
import { type OfferedText, QuantityInput } from '../ui/quantity-input/quantity-input';
import { Words } from '../words/words';
import type { EvaluationRow } from './evaluation-row';
import { evaluationWords } from './evaluation-words';
import { type GradeRange, gradeRanges, percentOf, withGrade, withPercent } from './judgement';
import type { RuleProfile } from '@jiheng/domain';

let count = 0;

/** 年终评判: the grade and the share within its band, or the answer, date or figure of a row that is told once a year; points while choosing. */
@Component({
  selector: 'jh-judgement-editor',
  imports: [QuantityInput],
  template: `
    @if (row().indicator.target.kind === 'QUAL') {
      <p class="jh-hint">{{ t('judgeHint') }}</p>
      <fieldset>
        <legend class="jh-hidden">{{ t('judgeTitle') }}</legend>
        @for (range of ranges(); track range.grade) {
          <label class="jh-check"><input type="radio" [name]="name" [checked]="grade() === range.grade" (change)="choose(range)" /> {{ t(gradeWords[range.grade], { low: range.low, high: range.high }) }}</label>
        }
        <label class="jh-check"><input type="radio" [name]="name" [checked]="grade() === 'NA'" (change)="notApplicable('')" /> {{ t('gradeNA') }}</label>
      </fieldset>
      @if (range(); as chosen) {
        <div class="share">
          <label [for]="name + '-share'">{{ t('share') }}</label>
          <input type="range" step="1" [min]="chosen.low" [max]="chosen.highest" [value]="percent() ?? chosen.low" [attr.aria-label]="t('share')" (input)="put($event)" />
          <input class="jh-input number" type="text" inputmode="decimal" [id]="name + '-share'" [value]="percent() ?? ''" [placeholder]="t('shareRange', { low: chosen.low, high: chosen.high })" [attr.aria-invalid]="row().objection() !== null" (change)="put($event)" />
        </div>
        <div class="jh-field"><label [for]="name + '-note'">{{ t('note') }}</label><input class="jh-input" maxlength="200" [id]="name + '-note'" [value]="note()" [placeholder]="t('noteHint')" (input)="say($event)" (blur)="row().saver.flush()" /></div>
      }
      @if (grade() === 'NA') {
        <div class="jh-field"><label [for]="name + '-reason'">{{ t('naReason') }}</label><input class="jh-input" maxlength="200" [id]="name + '-reason'" [value]="reason()" (input)="excuse($event)" (blur)="row().saver.flush()" /></div>
      }
    } @else {
      <jh-quantity-input [text]="typed()" [label]="t('answerTitle')" [understood]="understood()" [refusal]="misread()" [offers]="offers()" [chosenOffer]="typed()" (typed)="type($event)" (left)="row().saver.flush()" (chosen)="type($event)" />
    }
    @if (objection(); as sentence) { <p class="jh-field-error" role="alert">{{ sentence }}</p> }
    @if (profile() === null) { <p class="jh-hint">{{ t('noProfile') }}</p> }
    @else { <p class="now" aria-live="polite">{{ t('pointsNow', { points: row().computedPoints() ?? '—', weight: plain(row().indicator.weight) }) }}</p> }
  `,
  styles: `
    :host { display: grid; gap: 8px; }
    fieldset { border: 0; margin: 0; padding: 0; display: grid; gap: 2px; }
    .share { display: grid; grid-template-columns: auto minmax(100px, 1fr) 120px; gap: 8px 12px; align-items: center; }
    input[type="range"] { accent-color: var(--jh-primary); width: 100%; }
    .number { text-align: end; }
    .now { font-weight: 600; color: var(--jh-primary-deep); }
    @media (max-width: 720px) { .share { grid-template-columns: minmax(0, 1fr) 110px; } .share label { grid-column: 1 / -1; } }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class JudgementEditor {
  readonly row = input.required<EvaluationRow>();
  readonly profile = input.required<RuleProfile | null>();

  private readonly words = inject(Words);
  protected readonly t = this.words.of(evaluationWords);
  protected readonly plain = withoutTrailingZeros;
  protected readonly name = `jh-judge-${++count}`;
  protected readonly gradeWords = { A: 'gradeA', B: 'gradeB', C: 'gradeC' } as const;
  protected readonly ranges = computed(() => gradeRanges(this.profile()));
  protected readonly grade = computed(() => {
    const actual = this.row().actual();
    return actual.kind === 'JUDGED' ? actual.grade : actual.kind === 'NOT_APPLICABLE' ? 'NA' : null;
  });
  protected readonly range = computed(() => this.ranges().find((one) => one.grade === this.grade()) ?? null);
  protected readonly percent = computed(() => percentOf(this.row().actual()));
  protected readonly note = computed(() => {
    const actual = this.row().actual();
    return actual.kind === 'JUDGED' ? (actual.note ?? '') : '';
  });
  protected readonly reason = computed(() => {
    const actual = this.row().actual();
    return actual.kind === 'NOT_APPLICABLE' ? actual.reason : '';
  });
  protected readonly objection = computed(() => {
    const objection = this.row().objection();
    return objection === null ? null : sayRefusal(objection, this.words.language());
  });

  /** What stands in the cell of a row that is not graded: begins with what is known, then what is typed. */
  protected readonly typed = linkedSignal(() => this.print(this.row().server().yearActual));
  private readonly reading = computed(() => parseActualText(this.typed(), this.row().indicator));
  protected readonly understood = computed(() => {
    const reading = this.reading();
    return reading.ok && reading.value.kind !== 'NOT_REPORTED' ? this.t('answerUnderstood', { value: formatActual(reading.value, this.row().indicator, this.words.language()) }) : '';
  });
  protected readonly misread = computed(() => {
    const reading = this.reading();
    return reading.ok ? null : sayRefusal(reading.refusal, this.words.language());
  });
  protected readonly offers = computed<readonly OfferedText[]>(() => {
    const texts = this.row().indicator.target.kind === 'BOOL' ? ['是', '否'] : this.row().indicator.target.kind === 'DATE' ? ['未完成'] : [];
    return [...texts.map((text) => ({ text, label: text })), { text: '不适用：', label: this.t('gradeNA'), open: true }];
  });

  protected choose(range: GradeRange): void {
    this.row().judge(withGrade(this.row().actual(), range));
  }
  protected put(event: Event): void {
    this.row().judge(withPercent(this.row().actual(), textOf(event)));
  }
  protected say(event: Event): void {
    const actual = this.row().actual();
    if (actual.kind === 'JUDGED') this.row().judge({ ...actual, note: textOf(event).trim() === '' ? null : textOf(event) });
  }
  protected notApplicable(reason: string): void {
    this.row().judge({ kind: 'NOT_APPLICABLE', reason });
  }
  protected excuse(event: Event): void {
    this.notApplicable(textOf(event));
  }
  protected type(text: string): void {
    this.typed.set(text);
    const reading = this.reading();
    if (reading.ok && reading.value.kind !== 'NOT_REPORTED') this.row().judge(toBody(reading.value));
  }

  private print(actual: Parameters<typeof toActual>[0]): string {
    const known: Actual = toActual(actual);
    return known.kind === 'NOT_REPORTED' ? '' : formatActual(known, this.row().indicator);
  }
}

function textOf(event: Event): string {
  return (event.target as HTMLInputElement).value;
}
