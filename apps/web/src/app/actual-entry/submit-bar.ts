import { ChangeDetectionStrategy, Component, ElementRef, Injector, afterNextRender, computed, effect, inject, input, output, signal, viewChild } from '@angular/core';
import { type ChosenMove, MoveBar } from '../ui/move-bar/move-bar';
import { RefusalNote } from '../ui/refusal/refusal';
import { Words } from '../words/words';
import type { ActualEntryModel } from './actual-entry-model';
import { entryWords } from './entry-words';
import type { MissingThing } from './missing-things';
import { sayReason } from './say-reading';

/** So many missing things are named at once; the rest on demand. */
const SHOWN = 3;

/** The bar at the foot: why the row in hand has its points, what is missing before the report can go on, what is not saved, and the moves. */
@Component({
  selector: 'jh-submit-bar',
  imports: [MoveBar, RefusalNote],
  templateUrl: './submit-bar.html',
  styleUrl: './submit-bar.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SubmitBar {
  readonly model = input.required<ActualEntryModel>();
  readonly moves = input.required<readonly string[]>();
  /** Somebody wants to see the place of a missing thing. */
  readonly goTo = output<MissingThing>();
  readonly moved = output<ChosenMove>();

  private readonly words = inject(Words);
  private readonly injector = inject(Injector);
  private readonly question = viewChild<ElementRef<HTMLElement>>('question');
  private readonly bar = viewChild<MoveBar, ElementRef<HTMLElement>>(MoveBar, { read: ElementRef });
  /** The report is about to be handed on although something is advised; the person decides. */
  protected readonly asking = signal(false);
  protected readonly t = this.words.of(entryWords);
  protected readonly all = signal(false);
  protected readonly blocking = computed(() => this.model().missing().filter((thing) => thing.blocks));
  protected readonly advised = computed(() => this.model().missing().filter((thing) => !thing.blocks));
  protected readonly shown = computed(() => this.listed(this.blocking()));
  protected readonly shownAdvice = computed(() => (this.all() ? this.advised() : []));
  protected readonly hasMore = computed(() => (this.blocking().length > SHOWN || this.advised().length > 0));
  protected readonly active = computed(() => {
    const rowId = this.model().activeRow();
    return rowId === null ? null : this.model().row(rowId);
  });
  protected readonly reason = computed(() => sayReason(this.active()?.score() ?? null, this.words.language()));
  protected readonly editable = computed(() => this.model().report().editable);
  protected readonly offline = computed(() => this.model().isOffline());

  constructor() {
    // Everything was seen to, or something came up that the law does not let pass: nothing is left to ask.
    effect(() => {
      if (this.advised().length === 0 || this.blocking().length > 0) this.asking.set(false);
    });
  }

  /** What is only advised (evidence owed, a pulled value that waits) is said once more before the report goes; what blocks is the server's to refuse. */
  protected choose(chosen: ChosenMove): void {
    if (chosen.move !== 'submit' || this.blocking().length > 0 || this.advised().length === 0) {
      this.moved.emit(chosen);
      return;
    }
    this.asking.set(true);
    afterNextRender(() => this.question()?.nativeElement.focus(), { injector: this.injector });
  }

  protected goOn(): void {
    this.asking.set(false);
    this.moved.emit({ move: 'submit' });
  }

  protected stay(): void {
    this.asking.set(false);
    this.bar()?.nativeElement.querySelector<HTMLElement>('[data-move="submit"]')?.focus();
  }

  /** A refused move may name rows by their id: their sentences lead there. */
  protected readonly places = computed(() => new Map(this.model().rows.map((row) => [row.id, row.indicator.name])));

  protected goToRow(rowId: string): void {
    this.goTo.emit({ what: 'unanswered', rowId, name: '', blocks: true });
  }

  protected say(thing: MissingThing): string {
    const what = this.t(`missing${thing.what.toUpperCase() as Uppercase<MissingThing['what']>}`);
    return this.t('missingOf', { name: thing.name || this.t('executionShort'), what });
  }

  private listed(things: readonly MissingThing[]): readonly MissingThing[] {
    return this.all() ? things : things.slice(0, SHOWN);
  }
}
