import { ChangeDetectionStrategy, Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TargetTablesApi } from '../api/target-tables-api';
import { Viewpoint } from '../session/viewpoint';
import { Icon } from '../ui/icon/icon';
import { RefusalNote } from '../ui/refusal/refusal';
import { Words } from '../words/words';
import { ImportModel } from './import-model';
import { ImportPreviewTable } from './import-preview';
import { importWords } from './import-words';
import { tableWords } from './table-words';

/** From a file to drafts in three steps: choose, check, make. */
@Component({
  selector: 'jh-import-page',
  imports: [RouterLink, Icon, ImportPreviewTable, RefusalNote],
  templateUrl: './import-page.html',
  styleUrl: './import-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ImportPage {
  private readonly api = inject(TargetTablesApi);
  private readonly viewpoint = inject(Viewpoint);
  private readonly words = inject(Words);
  protected readonly t = this.words.of(importWords);
  protected readonly own = this.words.of(tableWords);
  protected readonly model = new ImportModel((file, unitId, commit) => this.api.import(file, unitId, commit));
  protected readonly over = signal(false);
  protected readonly units = computed(() => this.viewpoint.units().filter((unit) => unit.kind === 'UNIT'));

  constructor() {
    // The unit looked at, or the only one there is, is the likely owner.
    effect(() => {
      const units = this.units();
      const likely = units.find((unit) => unit.id === this.viewpoint.unitId()) ?? (units.length === 1 ? units[0] : undefined);
      if (likely) untracked(() => { if (!this.model.unitId()) this.model.chooseUnit(likely.id); });
    });
  }

  protected choose(list: FileList | null): void {
    const file = list?.[0];
    if (file) void this.model.read(file);
  }

  protected drop(event: DragEvent): void {
    event.preventDefault();
    this.over.set(false);
    this.choose(event.dataTransfer?.files ?? null);
  }

  protected drag(event: DragEvent): void {
    event.preventDefault();
    this.over.set(true);
  }
}
