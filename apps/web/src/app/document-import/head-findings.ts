import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { aboutOf, type Finding, sayFinding, type StagedFinding } from '@jiheng/domain';
import { Icon } from '../ui/icon/icon';
import { Words } from '../words/words';
import { StagedStrip } from './staged-strip';
import type { StagingModel } from './staging-model';
import { stagingWords } from './staging-words';

/** What was found in the head of a staged table, its money and its tasks: each is mended above, or kept with a reason of its own. */
@Component({
  selector: 'jh-head-findings',
  imports: [Icon, StagedStrip],
  template: `
    @if (open().length + kept().length) {
      <jh-staged-strip [title]="t('headNotes')" [waits]="waits()" [severity]="errors() ? 'ERROR' : 'WARN'" [facts]="kept().length ? t('keptCount', { n: kept().length }) : ''" [opens]="open().length > 0" [about]="model().serverTable()?.at">
        <ul>
          @for (note of open(); track $index) {
            <li class="head-note" [attr.data-severity]="note.finding.severity"><jh-icon [name]="note.finding.severity === 'ERROR' ? 'error' : 'warn'" /> <span>{{ say(note.finding) }}
              @if (keeping() === keyOf(note)) { <form class="reason" (submit)="$event.preventDefault(); keep(note, because.value)" (keydown.escape)="keeping.set(null)"><label>{{ t('keepReason') }} <input #because class="jh-input" maxlength="200" required></label> <button type="submit" class="jh-button jh-button-small">{{ t('keepDo') }}</button> <button type="button" class="jh-link" (click)="keeping.set(null)">{{ t('cancel') }}</button></form> }
              @else if (model().mayEdit() && note.finding.severity === 'WARN') { <button type="button" class="jh-link" (click)="keeping.set(keyOf(note))">{{ t('keepFinding') }}</button> }</span></li>
          }
          @for (note of kept(); track $index) {
            <li class="head-note" data-severity="KEPT"><jh-icon name="check" /> <span>{{ say(note.finding) }} {{ t('keptBecause', { reason: note.acceptedBecause ?? '' }) }} @if (model().mayEdit()) { <button type="button" class="jh-link" (click)="keep(note, '')">{{ t('withdrawReason') }}</button> }</span></li>
          }
        </ul>
      </jh-staged-strip>
    }
  `,
  styles: `
    ul { display: grid; gap: 2px; margin: 0; padding: 0; list-style: none; }
    .head-note { display: flex; gap: 5px; align-items: flex-start; color: #6f4800; font-size: 13px; } .head-note[data-severity="ERROR"] { color: var(--jh-danger); } .head-note[data-severity="KEPT"] { color: var(--jh-ink-soft); }
    .head-note > span { min-width: 0; overflow-wrap: anywhere; } .head-note jh-icon { font-size: 16px; margin-top: 2px; } .head-note .jh-link { font-size: 13px; }
    .reason { display: inline-flex; flex-wrap: wrap; gap: 6px; align-items: center; } .reason .jh-input { display: inline-block; width: 220px; min-height: 28px; }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class HeadFindings {
  readonly model = input.required<StagingModel>();

  private readonly words = inject(Words);
  protected readonly t = this.words.of(stagingWords);
  /** The finding for which a reason is being written, by its key. */
  protected readonly keeping = signal<string | null>(null);
  private readonly ofHead = computed(() => this.model().findings().filter((one) => one.row === null));
  protected readonly open = computed(() => this.ofHead().filter((one) => one.acceptedBecause === null && one.finding.severity !== 'INFO'));
  protected readonly kept = computed(() => this.ofHead().filter((one) => one.acceptedBecause !== null));
  protected readonly errors = computed(() => this.open().filter((one) => one.finding.severity === 'ERROR').length);
  protected readonly waits = computed(() => {
    const warnings = this.open().length - this.errors();
    return [this.errors() ? this.t('errors', { n: this.errors() }) : '', warnings ? this.t('warnings', { n: warnings }) : ''].filter((part) => part !== '').join(' · ');
  });

  protected say(finding: Finding): string { return sayFinding(finding, this.words.language()); }

  /** Code and what it is about: findings are made anew with every answer of the server, the form must not close for that. */
  protected keyOf(note: StagedFinding): string { return `${note.finding.code} ${aboutOf(note)}`; }

  protected keep(note: StagedFinding, reason: string): void {
    this.model().correct({ kind: 'ACCEPT_FINDING', code: note.finding.code, row: null, about: aboutOf(note), reason });
    this.keeping.set(null);
  }
}
