import { ChangeDetectionStrategy, Component, ElementRef, booleanAttribute, computed, input, output, signal, viewChild } from '@angular/core';

/** A text the cell offers at one key or click. */
export interface OfferedText {
  readonly text: string;
  readonly label: string;
  /** The text continues: the caret goes behind it, and nothing is sent yet (不适用：…). */
  readonly open?: boolean;
}

/** Something that looks like a slip, with what the person can do about it. */
export interface Doubt {
  readonly sentence: string;
  /** "It is 0.95%". */
  readonly keep: string;
  /** "95%". */
  readonly others: readonly OfferedText[];
}

let count = 0;

/**
 * A cell that takes a quantity, a grade, an answer or a date as people write them. Says below the text how it was understood, or why it was
 * not; a doubt comes with its choices. Knows no rule of its own: what is understood comes in, what is typed goes out.
 */
@Component({
  selector: 'jh-quantity-input',
  templateUrl: './quantity-input.html',
  styleUrl: './quantity-input.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[class.invalid]': 'refusal() !== null', '[class.doubtful]': 'doubt() !== null' },
})
export class QuantityInput {
  readonly text = input.required<string>();
  /** Name for those who do not see the table. */
  readonly label = input.required<string>();
  /** How the text is understood, such as "26.4万人"; empty when there is nothing to say. */
  readonly understood = input('');
  /** Why it is not understood, as a sentence. */
  readonly refusal = input<string | null>(null);
  readonly doubt = input<Doubt | null>(null);
  /** Texts offered below the cell (grades, answers). */
  readonly offers = input<readonly OfferedText[]>([]);
  /** Which of the offers stands in the cell. */
  readonly chosenOffer = input<string | null>(null);
  readonly placeholder = input('');
  readonly readonly = input(false, { transform: booleanAttribute });

  readonly typed = output<string>();
  readonly entered = output<void>();
  readonly left = output<void>();
  /** An offer or another reading was chosen: put it as a deed of its own. */
  readonly chosen = output<string>();
  /** The doubt is answered: it is meant as typed. */
  readonly kept = output<void>();

  protected readonly hintId = `jh-quantity-${++count}`;
  protected readonly described = computed(() => (this.refusal() !== null || this.doubt() !== null || this.understood() !== '' ? this.hintId : null));
  private readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');
  private readonly composing = signal(false);

  protected onInput(event: Event): void {
    // While an input method composes, the letters are not yet the text.
    if (!this.composing()) this.typed.emit((event.target as HTMLInputElement).value);
  }

  protected onComposition(active: boolean, event: Event): void {
    this.composing.set(active);
    if (!active) this.typed.emit((event.target as HTMLInputElement).value);
  }

  protected choose(offer: OfferedText): void {
    const box = this.box().nativeElement;
    if (offer.open === true) {
      box.value = offer.text;
      box.focus();
      box.setSelectionRange(offer.text.length, offer.text.length);
      this.typed.emit(offer.text);
    } else {
      this.chosen.emit(offer.text);
      // The button may be gone with the doubt; the keyboard stays in the cell.
      box.focus();
    }
  }

  protected keep(): void {
    this.kept.emit();
    this.box().nativeElement.focus();
  }

  /** Alt+↓ and Alt+↑ go through the offers without leaving the cell. */
  protected onKey(event: KeyboardEvent): void {
    const offers = this.offers();
    if (!event.altKey || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') || offers.length === 0 || this.readonly()) return;
    event.preventDefault();
    event.stopPropagation();
    const at = offers.findIndex((offer) => offer.text === this.chosenOffer());
    const next = event.key === 'ArrowDown' ? at + 1 : at < 0 ? offers.length - 1 : at - 1;
    const offer = offers[(next + offers.length) % offers.length];
    if (offer !== undefined) this.choose(offer);
  }
}
