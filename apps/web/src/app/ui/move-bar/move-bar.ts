import { ChangeDetectionStrategy, Component, ElementRef, Injector, afterNextRender, computed, inject, input, output, signal, viewChild } from '@angular/core';
import { commonWords } from '../../words/common-words';
import { Words } from '../../words/words';
import { inOrder, mannerOf, sayMove } from './moves';

/** What someone wants to do with a document, and what they say about it. */
export interface ChosenMove {
  readonly move: string;
  readonly opinion?: string;
}

/** The moves the server offers, as buttons. Those that need an opinion ask for it below the buttons, not in a window of their own. */
@Component({
  selector: 'jh-move-bar',
  templateUrl: './move-bar.html',
  styleUrl: './move-bar.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MoveBar {
  readonly moves = input.required<readonly string[]>();
  readonly busy = input(false);
  /** Moves the page carries out elsewhere, such as opening an editor; they are offered there. */
  readonly without = input<readonly string[]>([]);
  readonly chosen = output<ChosenMove>();

  protected readonly t = inject(Words).of(commonWords);
  protected readonly asking = signal<string | null>(null);
  protected readonly opinion = signal('');
  protected readonly missing = signal(false);
  private readonly box = viewChild<ElementRef<HTMLTextAreaElement>>('box');
  private readonly injector = inject(Injector);

  protected readonly offers = computed(() =>
    inOrder(this.moves().filter((move) => !this.without().includes(move))).map((move) => ({ move, text: sayMove(move, this.t), manner: mannerOf(move).manner })),
  );
  protected readonly askingFor = computed(() => {
    const move = this.asking();
    return move ? { move, text: sayMove(move, this.t), required: mannerOf(move).opinion === 'required' } : null;
  });

  protected choose(move: string): void {
    if (mannerOf(move).opinion === 'none') {
      this.asking.set(null);
      this.chosen.emit({ move });
      return;
    }
    this.asking.set(move);
    this.missing.set(false);
    afterNextRender(() => this.box()?.nativeElement.focus(), { injector: this.injector });
  }

  protected confirm(): void {
    const asking = this.askingFor();
    if (!asking) return;
    const opinion = this.opinion().trim();
    if (asking.required && !opinion) {
      this.missing.set(true);
      this.box()?.nativeElement.focus();
      return;
    }
    // The words stay in the box: a refused move loses nothing.
    this.chosen.emit(opinion ? { move: asking.move, opinion } : { move: asking.move });
  }

  protected write(text: string): void {
    this.opinion.set(text);
    if (text.trim()) this.missing.set(false);
  }

  /** The move succeeded: the page calls this so that the next opinion starts empty. */
  clear(): void {
    this.asking.set(null);
    this.opinion.set('');
    this.missing.set(false);
  }
}
