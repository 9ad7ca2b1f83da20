import { Injectable, inject } from '@angular/core';
import type { AcceptImport, CorrectStagedTable, DocumentImportList, DocumentImportView, EmptyFormFile, FillPreviousActuals, ImportBudgetView, ImportedRemarkList, ImportTableView, KeepImportFindings, OpenFindingsView, PreviousActualsView, ProposeActuals, ProposedActualsView, SettleRemark, SourceChunk, SourceOutline, UndoImport } from '@jiheng/contract';
import { Http, queryText } from './http';
import type { Answer } from './problem';

/** 导入: documents on their way into the books. */
@Injectable({ providedIn: 'root' })
export class ImportsApi {
  private readonly http = inject(Http);

  list(cursor: string | null = null): Promise<Answer<DocumentImportList>> {
    return this.http.get('/imports', { cursor });
  }
  /** Brings one document; `progress` tells how much of it has gone out (0…1). */
  bring(file: File, unitId: string | null, fiscalYear: number | null, progress: (share: number) => void): Promise<Answer<DocumentImportView>> {
    return this.http.uploadWatched(`/imports${queryText({ unitId, fiscalYear })}`, file, progress);
  }
  view(id: string): Promise<Answer<DocumentImportView>> {
    return this.http.get(`/imports/${id}`);
  }
  table(id: string, at: number): Promise<Answer<ImportTableView>> {
    return this.http.get(`/imports/${id}/tables/${at}`);
  }
  correct(id: string, at: number, body: CorrectStagedTable): Promise<Answer<ImportTableView>> {
    return this.http.send('POST', `/imports/${id}/tables/${at}/corrections`, body);
  }
  chooseUnit(id: string, unitId: string): Promise<Answer<DocumentImportView>> {
    return this.http.send('PUT', `/imports/${id}/unit`, { unitId });
  }
  /** The warnings of tables that are not in the books yet, by code. */
  openFindings(id: string): Promise<Answer<OpenFindingsView>> {
    return this.http.get(`/imports/${id}/open-findings`);
  }
  keepFindings(id: string, body: KeepImportFindings): Promise<Answer<DocumentImportView>> {
    return this.http.send('POST', `/imports/${id}/kept-findings`, body);
  }
  accept(id: string, body: AcceptImport): Promise<Answer<DocumentImportView>> {
    return this.http.send('POST', `/imports/${id}/acceptance`, body);
  }
  /** What imported monitoring forms say of a report beside their values. */
  remarks(reportId: string): Promise<Answer<ImportedRemarkList>> {
    return this.http.get('/imports/remarks', { reportId });
  }
  settleRemark(id: string, body: SettleRemark): Promise<Answer<void>> {
    return this.http.send('POST', `/imports/remarks/${id}/settlement`, body);
  }
  undo(id: string, body: UndoImport): Promise<Answer<DocumentImportView>> {
    return this.http.send('POST', `/imports/${id}/undo`, body);
  }
  /** 作为上年完成值: what a self-evaluation or monitoring form would write into the target table of the year after. */
  previousActuals(id: string, at: number): Promise<Answer<PreviousActualsView>> {
    return this.http.get(`/imports/${id}/tables/${at}/previous-actuals`);
  }
  fillPreviousActuals(id: string, at: number, body: FillPreviousActuals): Promise<Answer<DocumentImportView>> {
    return this.http.send('POST', `/imports/${id}/tables/${at}/previous-actuals`, body);
  }
  /** 作为本期候选值: what a monitoring form would put beside the cells of a report. */
  proposedActuals(id: string, at: number, quarter: number | null): Promise<Answer<ProposedActualsView>> {
    return this.http.get(`/imports/${id}/tables/${at}/proposed-actuals`, { quarter });
  }
  proposeActuals(id: string, at: number, body: ProposeActuals): Promise<Answer<DocumentImportView>> {
    return this.http.send('POST', `/imports/${id}/tables/${at}/proposed-actuals`, body);
  }
  /** 预算表核对. */
  budget(id: string): Promise<Answer<ImportBudgetView>> {
    return this.http.get(`/imports/${id}/budget`);
  }
  outline(id: string): Promise<Answer<SourceOutline>> {
    return this.http.get(`/imports/${id}/source`);
  }
  chunk(id: string, part: number, chunk: number): Promise<Answer<SourceChunk>> {
    return this.http.get(`/imports/${id}/source/${part}/${chunk}`);
  }
  /** The document itself, to be drawn; whoever may see the import may have it. */
  file(id: string): Promise<Answer<Uint8Array>> {
    return this.http.bytes(`/imports/${id}/file`);
  }
  /** Where the document itself is downloaded. */
  fileAddress(id: string): string {
    return `/api/imports/${id}/file`;
  }
  /** Where an empty form is downloaded: F1 for the unit as a whole, F2 for a project. */
  formAddress(file: EmptyFormFile, fiscalYear: number, unitId: string | null): string {
    return `/api/form-templates/${file}${queryText({ fiscalYear, unitId })}`;
  }
}
