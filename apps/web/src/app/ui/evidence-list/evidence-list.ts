import { ChangeDetectionStrategy, Component, booleanAttribute, computed, inject, input, output, signal } from '@angular/core';
import type { EvidenceView } from '@jiheng/contract';
import { sayMoment } from '../../words/moments';
import { Words } from '../../words/words';
import { evidenceWords } from './evidence-words';
import { saySize } from './file-size';

/** A file on its way, as the list shows it. */
export interface FileOnTheWay {
  readonly number: number;
  readonly name: string;
  /** 0…1. */
  readonly share: number;
  /** Why it was refused; null while it travels. */
  readonly refusal: string | null;
}

/** 佐证资料 of one row: what is there, what is on its way, what was refused and why; takes files by drop or choice. */
@Component({
  selector: 'jh-evidence-list',
  templateUrl: './evidence-list.html',
  styleUrl: './evidence-list.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '(dragover)': 'onDragOver($event)', '(dragleave)': 'over.set(false)', '(drop)': 'onDrop($event)', '[class.over]': 'over()' },
})
export class EvidenceList {
  readonly files = input.required<readonly EvidenceView[]>();
  readonly onTheWay = input<readonly FileOnTheWay[]>([]);
  /** The kind of evidence the target table asks for, as printed. */
  readonly wanted = input<string | null>(null);
  readonly readonly = input(false, { transform: booleanAttribute });
  /** Where the bytes of a file are. */
  readonly hrefOf = input.required<(evidenceId: string) => string>();
  readonly added = output<readonly File[]>();
  readonly removed = output<string>();
  readonly retried = output<number>();
  readonly dismissed = output<number>();

  private readonly words = inject(Words);
  protected readonly t = this.words.of(evidenceWords);
  protected readonly over = signal(false);
  protected readonly asking = signal<string | null>(null);
  protected readonly lines = computed(() => this.files().map((file) => ({
    ...file, href: this.hrefOf()(file.id), sizeSaid: saySize(file.size), who: this.t('by', { by: file.by, at: sayMoment(file.at, this.words.language()) }),
  })));

  protected percent(share: number): number {
    return Math.round(share * 100);
  }

  protected onDragOver(event: DragEvent): void {
    if (this.readonly() || event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    this.over.set(true);
  }

  protected onDrop(event: DragEvent): void {
    this.over.set(false);
    if (this.readonly()) return;
    event.preventDefault();
    event.stopPropagation();
    this.add(event.dataTransfer?.files ?? null);
  }

  protected onChosen(event: Event): void {
    const box = event.target as HTMLInputElement;
    this.add(box.files);
    // The same file may be chosen again after a refusal.
    box.value = '';
  }

  protected remove(id: string): void {
    this.asking.set(null);
    this.removed.emit(id);
  }

  private add(files: FileList | null): void {
    if (files !== null && files.length > 0) this.added.emit([...files]);
  }
}
