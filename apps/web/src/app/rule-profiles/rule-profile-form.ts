import { NgTemplateOutlet } from '@angular/common';
import { ChangeDetectionStrategy, Component, ElementRef, inject, input, output, signal } from '@angular/core';
import { sayRefusal, validateRuleProfile } from '@jiheng/domain';
import { Icon } from '../ui/icon/icon';
import { Words } from '../words/words';
import { type ParameterProblem, RuleProfileDraft, type TextProblem, shownNumber } from './rule-profile-draft';
import { ruleProfileFormWords } from './rule-profile-form-words';
import { PARAMETER_SECTIONS, type Parameter } from './rule-profile-parameters';

/** A rule profile written parameter by parameter, with how it will score beside it. */
@Component({
  selector: 'jh-rule-profile-form',
  imports: [Icon, NgTemplateOutlet],
  templateUrl: './rule-profile-form.html',
  styleUrl: './rule-profile-form.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RuleProfileForm {
  readonly draft = input.required<RuleProfileDraft>();
  readonly busy = input(false);
  /** Everything is right and the person wants it on record. */
  readonly entered = output<void>();

  protected readonly words = inject(Words);
  protected readonly t = this.words.of(ruleProfileFormWords);
  protected readonly sections = PARAMETER_SECTIONS;
  /** Texts that are missing are only said once somebody tried to enter the profile. */
  private readonly isTried = signal(false);
  protected readonly typedJson = signal<string | null>(null);
  protected readonly jsonProblem = signal('');
  private readonly place: ElementRef<HTMLElement> = inject(ElementRef);

  protected isAt(text: TextProblem): boolean {
    return this.isTried() && this.draft().textProblem() === text;
  }

  protected problemAt(path: string): ParameterProblem | null {
    const problem = this.draft().parameterProblem();
    return problem?.path === path ? problem : null;
  }

  protected isWrongCell(problem: ParameterProblem | null, row: number, column: string): boolean {
    return problem !== null && (problem.row === null || (problem.row === row && (problem.column === null || problem.column === column)));
  }

  protected sayValue(parameter: Parameter, value: string): string {
    if (parameter.kind === 'LIST') return value;
    if ('choices' in parameter) return this.words.pick(parameter.choices.find((one) => one.value === value)?.words ?? { zh: value, en: value });
    return parameter.kind === 'POINTS' ? `${value} ${this.t('points')}` : `${value}%`;
  }

  protected sayProblem({ path, row, refusal, kind }: ParameterProblem): string {
    const { found = '', low, high, places, relation, bound } = refusal.params;
    const at = row === null ? '' : `${this.t('row', { n: row + 1 })}：`;
    if (found === '""' || (found === 'null' && kind !== null)) return at + this.t('missing');
    const show = (value: string): string => (kind === null ? value : shownNumber(kind, value) + (kind === 'POINTS' ? '' : '%'));
    if (low !== undefined && high !== undefined) return at + this.t('range', { low: show(low), high: show(high), places: Number(places) - (kind === 'SHARE' ? 2 : 0) });
    if (relation !== undefined && bound !== undefined) return at + this.t(relation === '<' ? 'less' : relation === '>' ? 'more' : 'atMost', { bound: show(bound) });
    if (found === '[]') return this.t('needsOne');
    if (path.endsWith('.highIncluded')) return this.t('shared');
    return at + this.t('wrong', { sentence: sayRefusal(refusal, this.words.language()) });
  }

  protected submit(event: Event): void {
    event.preventDefault();
    this.isTried.set(true);
    if (this.draft().profile() !== null) { this.isTried.set(false); this.entered.emit(); return; }
    // Once the page has marked what is wrong.
    setTimeout(() => this.place.nativeElement.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  }

  protected discard(): void {
    if (this.draft().isTouched() && !confirm(this.t('giveUp'))) return;
    this.isTried.set(false);
    this.draft().end();
  }

  protected jsonText(): string {
    return this.typedJson() ?? (this.draft().base() === null ? '' : this.draft().json());
  }

  /** Takes whole rules written elsewhere into the form; they are checked as strictly as the server does. */
  protected readJson(): void {
    const found = readObject(this.jsonText());
    if (found === null) { this.jsonProblem.set(this.t('jsonBroken')); return; }
    const read = validateRuleProfile(found);
    this.jsonProblem.set(read.ok ? '' : sayRefusal(read.refusal, this.words.language()));
    if (!read.ok) return;
    this.draft().begin(read.value);
    this.typedJson.set(null);
  }
}

function readObject(text: string): unknown {
  try { return JSON.parse(text) as unknown; } catch { return null; }
}
