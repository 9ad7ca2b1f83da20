import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import type { UnitView } from '@jiheng/contract';
import { UnitField } from '../session/unit-field';
import { commonWords } from '../words/common-words';
import { Words } from '../words/words';
import { peopleWords } from './people-words';
import type { UnitDraft, UnitLine } from './unit-draft';

/** The fields of a unit. */
@Component({
  selector: 'jh-unit-form',
  imports: [UnitField],
  template: `
    <form novalidate (submit)="submit($event)" [attr.aria-busy]="busy()">
      <div class="pair">
        <div class="jh-field">
          <label for="unit-name">{{ t('unitName') }}</label>
          <input #name id="unit-name" class="jh-input" maxlength="200" [value]="draft().name()" [attr.aria-invalid]="draft().nameMissing()" aria-describedby="unit-name-error" (input)="draft().name.set(name.value)">
          <p class="jh-field-error" id="unit-name-error" aria-live="polite">{{ draft().nameMissing() ? t('nameMissing') : '' }}</p>
        </div>
        <div class="jh-field">
          <label for="unit-code">{{ t('unitCode') }}</label>
          <input #code id="unit-code" class="jh-input" maxlength="40" [value]="draft().code()" [attr.aria-invalid]="draft().codeMissing()" aria-describedby="unit-code-error" (input)="draft().code.set(code.value)">
          <p class="jh-field-error" id="unit-code-error" aria-live="polite">{{ draft().codeMissing() ? t('codeMissing') : '' }}</p>
        </div>
        <div class="jh-field">
          <label for="unit-kind">{{ t('unitKind') }}</label>
          <select #kind id="unit-kind" class="jh-input" (change)="pickKind(kind.value)">@for (option of kinds; track option) { <option [value]="option" [selected]="option === draft().kind()">{{ t(kindKey(option)) }}</option> }</select>
        </div>
        <div class="jh-field">
          <label for="unit-parent">{{ t('unitParent') }}</label>
          <jh-unit-field inputId="unit-parent" [unitId]="draft().parentId()" [units]="above()" [narrowing]="{ role: 'administrator', open: '1' }" [blank]="t('noParent')" (chosen)="draft().parentId.set($event?.id ?? null)" />
        </div>
        <div class="jh-field">
          <label for="unit-region">{{ t('regionCode') }}</label>
          <input #region id="unit-region" class="jh-input" inputmode="numeric" maxlength="12" [value]="draft().regionCode()" [attr.aria-invalid]="draft().regionWrong()" aria-describedby="unit-region-hint unit-region-error" (input)="draft().regionCode.set(region.value)">
          <p class="jh-hint" id="unit-region-hint">{{ t('regionHint') }}</p>
          <p class="jh-field-error" id="unit-region-error" aria-live="polite">{{ draft().regionWrong() ? t('regionShape') : '' }}</p>
        </div>
        @if (draft().of) {
          <div class="jh-field">
            <label for="unit-reason">{{ t('changeReason') }}</label>
            <input #reason id="unit-reason" class="jh-input" maxlength="200" [value]="draft().reason()" (input)="draft().reason.set(reason.value)">
          </div>
        }
      </div>
      <div class="jh-actions">
        <button type="submit" class="jh-button jh-button-primary" [disabled]="busy()">{{ draft().of ? t('saveChange') : busy() ? t('creating') : t('create') }}</button>
        <button type="button" class="jh-button" (click)="closed.emit()">{{ common('cancel') }}</button>
      </div>
    </form>
  `,
  styleUrl: './people-form.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class UnitForm {
  readonly draft = input.required<UnitDraft>();
  readonly units = input.required<readonly UnitLine[]>();
  readonly busy = input(false);
  readonly saved = output<void>();
  readonly closed = output<void>();

  private readonly words = inject(Words);
  protected readonly t = this.words.of(peopleWords);
  protected readonly common = this.words.of(commonWords);
  /** A unit stands below an open one other than itself. */
  protected readonly above = computed(() => this.units().map((line) => line.unit).filter((unit) => unit.id !== this.draft().of?.id && !unit.closedAt));
  protected readonly kinds = ['UNIT', 'DEPARTMENT', 'FINANCE'] as const;

  protected kindKey(kind: UnitView['kind']): `kind${UnitView['kind']}` {
    return `kind${kind}`;
  }
  protected pickKind(kind: string): void {
    this.draft().kind.set(kind as UnitView['kind']);
  }
  protected submit(event: Event): void {
    event.preventDefault();
    this.saved.emit();
  }
}
