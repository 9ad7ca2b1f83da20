import { Injectable, inject } from '@angular/core';
import type { AdjustTargetTable, ChangeTargetTable, TargetTableBody, TargetTableList, TargetTableView } from '@jiheng/contract';
import { Http } from './http';
import type { MoveBody, Moved } from './moves';
import type { Answer } from './problem';

export interface TargetTableFilter {
  readonly fiscalYear: number | null;
  readonly unitId: string | null;
  readonly q: string;
  readonly cursor?: string | null;
}

/** 绩效目标表: the list, one table, its moves, drafts and files read in. */
@Injectable({ providedIn: 'root' })
export class TargetTablesApi {
  private readonly http = inject(Http);

  list(filter: TargetTableFilter): Promise<Answer<TargetTableList>> {
    return this.http.get('/target-tables', { ...filter });
  }
  view(id: string): Promise<Answer<TargetTableView>> {
    return this.http.get(`/target-tables/${id}`);
  }
  create(body: TargetTableBody): Promise<Answer<TargetTableView>> {
    return this.http.send('POST', '/target-tables', body);
  }
  /** Rewrites a draft that nobody has submitted, or one that was returned. */
  change(id: string, body: ChangeTargetTable): Promise<Answer<TargetTableView>> {
    return this.http.send('PUT', `/target-tables/${id}`, body);
  }
  /** 目标调整: a new version beside the one in force. */
  adjust(id: string, body: AdjustTargetTable): Promise<Answer<TargetTableView>> {
    return this.http.send('POST', `/target-tables/${id}/adjustments`, body);
  }
  /** Takes a warning on with a reason. */
  acceptFinding(id: string, findingId: string, reason: string): Promise<Answer<TargetTableView>> {
    return this.http.send('POST', `/target-tables/${id}/findings/${findingId}/acceptance`, { reason });
  }
  /** Deletes a draft that was never submitted. */
  discard(id: string, expectedRevision: number): Promise<Answer<void>> {
    return this.http.send('DELETE', `/target-tables/${id}`, undefined, { expectedRevision });
  }
  move(id: string, body: MoveBody): Promise<Answer<Moved>> {
    return this.http.send('POST', `/target-tables/${id}/moves`, body);
  }
}
