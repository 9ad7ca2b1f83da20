import { NgTemplateOutlet } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, DestroyRef, inject, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import type { DocumentImportSummary, EmptyFormName } from '@jiheng/contract';
import { ImportsApi } from '../api/imports-api';
import { JobsApi } from '../api/jobs-api';
import { Load } from '../api/load';
import { Session } from '../session/session';
import { UnitField } from '../session/unit-field';
import { Viewpoint } from '../session/viewpoint';
import { Icon } from '../ui/icon/icon';
import { ProgressBar } from '../ui/progress-bar/progress-bar';
import { RefusalNote } from '../ui/refusal/refusal';
import { sayMoment } from '../words/moments';
import { Words } from '../words/words';
import { importWords } from './import-words';
import { UploadsModel } from './uploads-model';

/** Until the server has said its own limit, MB. */
const USUAL_LIMIT_MB = 20;

/** 导入: documents are dropped here; one that stands alone leads straight to its page. */
@Component({
  selector: 'jh-import-page',
  imports: [NgTemplateOutlet, RouterLink, Icon, ProgressBar, RefusalNote, UnitField],
  templateUrl: './import-page.html',
  styleUrl: './import-page.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ImportPage {
  private readonly api = inject(ImportsApi);
  private readonly router = inject(Router);
  private readonly viewpoint = inject(Viewpoint);
  private readonly session = inject(Session);
  private readonly words = inject(Words);
  protected readonly t = this.words.of(importWords);
  /** Only reporters write drafts, so only they bring documents. */
  protected readonly mayBring = computed(() => this.session.hasRole('reporter'));
  protected readonly limit = signal(USUAL_LIMIT_MB);
  protected readonly over = signal(false);
  /** null: as the document names it. */
  protected readonly unitId = signal<string | null>(null);
  protected readonly uploads = new UploadsModel((file, progress) => this.api.bring(file, this.unitId(), this.viewpoint.fiscalYear() || null, progress));
  protected readonly units = computed(() => this.viewpoint.units().filter((unit) => unit.kind === 'UNIT'));
  protected readonly year = this.viewpoint.fiscalYear;
  protected readonly recent = new Load<readonly DocumentImportSummary[]>();
  protected readonly cursor = signal<string | null>(null);
  protected readonly usualForms: readonly EmptyFormName[] = ['F2', 'F1'];
  protected readonly otherForms: readonly EmptyFormName[] = ['F3', 'F4', 'F5', 'F4-F2', 'F4-AH', 'F4-SC', 'F4-GX', 'F5-CQ', 'F5-TJ', 'F2-2021', 'F2-2015', 'F1-2015'];
  private stayed = true;

  constructor() {
    void this.read();
    const destroyed = inject(DestroyRef);
    destroyed.onDestroy(() => { this.stayed = false; });
    destroyed.onDestroy(inject(JobsApi).watch((job) => { if (job.name === 'read-document' && (job.state === 'DONE' || job.state === 'FAILED')) void this.read(); }, () => void this.read()));
  }

  protected async read(): Promise<void> {
    await this.recent.run(async () => {
      const answer = await this.api.list();
      if (answer.ok) {
        this.cursor.set(answer.value.nextCursor);
        this.limit.set(answer.value.maxUploadMb);
      }
      return answer.ok ? { ok: true, value: answer.value.imports } : answer;
    });
  }

  protected async more(): Promise<void> {
    const answer = await this.api.list(this.cursor());
    if (!answer.ok) return;
    this.cursor.set(answer.value.nextCursor);
    this.recent.update((before) => [...before, ...answer.value.imports.filter((one) => !before.some((old) => old.id === one.id))]);
  }

  protected async take(list: FileList | null): Promise<void> {
    const files = [...(list ?? [])];
    if (files.length === 0) return;
    const brought = await this.uploads.add(files);
    const [only] = brought;
    if (this.stayed && files.length === 1 && this.uploads.uploads().length === 1 && only !== undefined) await this.router.navigate(['/import', only]);
    else await this.read();
  }

  protected drop(event: DragEvent): void {
    event.preventDefault();
    this.over.set(false);
    void this.take(event.dataTransfer?.files ?? null);
  }

  protected drag(event: DragEvent): void {
    event.preventDefault();
    this.over.set(true);
  }

  protected percent(share: number): number { return Math.floor(share * 100); }
  protected moment(text: string): string { return sayMoment(text, this.words.language()); }
  protected sayRefused(one: DocumentImportSummary): string { return one.refusal === null ? '' : this.words.pick(one.refusal); }
  protected nameOf(form: EmptyFormName): string { return this.t(`templateOf${form}`); }
  protected formAddress(form: EmptyFormName, kind: 'xlsx' | 'docx'): string { return this.api.formAddress(`${form}.${kind}`, this.year(), this.unitId() ?? this.viewpoint.unitId()); }
}
