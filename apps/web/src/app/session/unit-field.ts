import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import type { UnitView } from '@jiheng/contract';
import { UnitFinder } from './unit-finder';
import type { UnitNarrowing } from './unit-search';
import { Viewpoint } from './viewpoint';

/** What a list of units needs to know of each. */
export type NamedUnit = Pick<UnitView, 'id' | 'name'>;

/** The unit of a form: a plain list where a person sees few units, a search where there are more than a list can hold. */
@Component({
  selector: 'jh-unit-field',
  imports: [UnitFinder],
  template: `
    @if (viewpoint.manyUnits()) {
      @defer { <jh-unit-finder [inputId]="inputId()" [unitId]="unitId()" [narrowing]="narrowing()" [blank]="blank()" [disabled]="disabled()" (chosen)="chosen.emit($event)" /> }
      @placeholder { <span class="jh-input" aria-hidden="true"></span> }
    } @else {
      <select #box [id]="inputId()" class="jh-input" [disabled]="disabled()" (change)="pick(box.value)">
        @if (blank() !== null) { <option value="" [selected]="!unitId()">{{ blank() }}</option> }
        @for (unit of units(); track unit.id) { <option [value]="unit.id" [selected]="unit.id === unitId()">{{ indent(unit) }}{{ unit.name }}</option> }
      </select>
    }
  `,
  styles: ':host { display: block; min-width: 0; } select, span { width: 100%; text-overflow: ellipsis; } span { display: block; }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class UnitField {
  /** For the label that stands outside. */
  readonly inputId = input.required<string>();
  readonly unitId = input.required<string | null>();
  /** What is offered where all units are known. */
  readonly units = input.required<readonly NamedUnit[]>();
  /** The same for the server, where they are not. */
  readonly narrowing = input<UnitNarrowing>({});
  /** What stands there while none is chosen; null: one is always chosen. */
  readonly blank = input<string | null>(null);
  readonly disabled = input(false);
  /** How far a unit stands below the topmost, for lists that show the tree. */
  readonly depths = input<ReadonlyMap<string, number> | null>(null);
  readonly chosen = output<NamedUnit | null>();
  protected readonly viewpoint = inject(Viewpoint);

  protected indent(unit: NamedUnit): string {
    return '\u3000'.repeat(this.depths()?.get(unit.id) ?? 0);
  }

  protected pick(id: string): void {
    this.chosen.emit(this.units().find((unit) => unit.id === id) ?? null);
  }
}
