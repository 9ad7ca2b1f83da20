import { Injectable, inject } from '@angular/core';
import type {
  ReportArtifactView, SelfEvaluationView, answerSelfEvaluationRow, assembleSelfEvaluation, requestReport, writeChapter,
} from '@jiheng/contract';
import type { z } from 'zod';
import { Http } from './http';
import type { MoveBody, Moved } from './moves';
import type { Answer } from './problem';

export type AssembleSelfEvaluationBody = z.infer<typeof assembleSelfEvaluation>;
export type AnswerSelfEvaluationRowBody = z.infer<typeof answerSelfEvaluationRow>;
export type WriteChapterBody = z.infer<typeof writeChapter>;
export type RequestReportBody = z.infer<typeof requestReport>;

/** 单位自评: the year's account of one table, and the files made from it. */
@Injectable({ providedIn: 'root' })
export class SelfEvaluationsApi {
  private readonly http = inject(Http);

  assemble(body: AssembleSelfEvaluationBody): Promise<Answer<SelfEvaluationView>> {
    return this.http.send('POST', '/self-evaluations', body);
  }
  view(id: string): Promise<Answer<SelfEvaluationView>> {
    return this.http.get(`/self-evaluations/${id}`);
  }
  answerRow(id: string, indicatorId: string, body: AnswerSelfEvaluationRowBody): Promise<Answer<SelfEvaluationView>> {
    return this.http.send('PUT', `/self-evaluations/${id}/rows/${indicatorId}`, body);
  }
  writeChapter(id: string, chapterId: string, body: WriteChapterBody): Promise<Answer<SelfEvaluationView>> {
    return this.http.send('PUT', `/self-evaluations/${id}/chapters/${chapterId}`, body);
  }
  requestReport(id: string, body: RequestReportBody): Promise<Answer<ReportArtifactView>> {
    return this.http.send('POST', `/self-evaluations/${id}/reports`, body);
  }
  move(id: string, body: MoveBody): Promise<Answer<Moved>> {
    return this.http.send('POST', `/self-evaluations/${id}/moves`, body);
  }
}

/** Where the bytes of a report file are; for a link. */
export function artifactHref(artifactId: string): string {
  return `/api/reports/${artifactId}/file`;
}
