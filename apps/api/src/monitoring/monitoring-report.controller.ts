import {
  type ActualHistory, type MonitoringReportView, type RecordedActual, type ReportPoints, explainDeviation, extendReport, recordActual, reportPoints, settleCandidate,
} from '@jiheng/contract';
import { type Result, refuse } from '@jiheng/domain';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { CurrentActor, Policy } from '../platform/access/policy.decorator';
import { Beside, ReadBeside } from '../platform/access/read-beside';
import { SESSION_COOKIE } from '../platform/access/session.query';
import { Answers } from '../platform/http/answers.decorator';
import { unwrap, withPresent } from '../platform/http/refusal.exception';
import { ActualHistoryQuery } from './actual-history.query';
import { CELL_READ, type CellRow } from './cell-read';
import { ExplainDeviationService } from './explain-deviation.service';
import { ExtendReportService } from './extend-report.service';
import { MonitoringReportViewQuery } from './monitoring-report-view.query';
import { PointsStream } from './points-stream';
import { RecordAtOnce } from './record-at-once.service';
import { RecordActualService } from './record-actual.service';
import { ReportPointsQuery } from './report-points.query';
import { SettleCandidateService } from './settle-candidate.service';
import { TakeBackCandidateService } from './take-back-candidate.service';

const one = z.object({ id: z.uuid() });
const cell = z.object({ id: z.uuid(), indicatorId: z.uuid() });
const choice = z.object({ id: z.uuid(), candidateId: z.uuid() });

/** 绩效运行监控表: one table in one quarter. */
@Controller('monitoring-reports')
@Policy('signed-in')
export class MonitoringReportController {
  constructor(
    private readonly views: MonitoringReportViewQuery, private readonly recording: RecordActualService, private readonly atOnce: RecordAtOnce, private readonly explaining: ExplainDeviationService,
    private readonly settling: SettleCandidateService, private readonly takingBack: TakeBackCandidateService, private readonly histories: ActualHistoryQuery, private readonly extending: ExtendReportService,
    private readonly points: ReportPointsQuery, private readonly stream: PointsStream, private readonly access: Access,
  ) {}

  @Get(':id')
  async view(@CurrentActor() actor: Actor, @Param({ schema: one }) { id }: z.output<typeof one>): Promise<MonitoringReportView> {
    return unwrap(await this.views.view(actor, id));
  }

  /** The points alone, for a browser that has the rest. */
  @Get(':id/points') @Answers(reportPoints)
  async pointsOf(@CurrentActor() actor: Actor, @Param({ schema: one }) { id }: z.output<typeof one>): Promise<ReportPoints> {
    const found = await this.points.of(id);
    return found !== null && this.access.mayRead(actor, found.unitPath) ? found.points : unwrap(refuse('monitoring-report.not-found'));
  }

  /** A stream of `reportPoints`, event `points`: as they are, and after every change. */
  @Get(':id/events')
  async events(@CurrentActor() actor: Actor, @Param({ schema: one }) { id }: z.output<typeof one>, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    unwrap(await this.stream.watch(reply, actor, request.cookies[SESSION_COOKIE] ?? '', id));
  }

  @Put(':id/actuals/:indicatorId')
  @ReadBeside(CELL_READ)
  async record(@CurrentActor() actor: Actor, @Param({ schema: cell }) { id, indicatorId }: z.output<typeof cell>, @Body({ schema: recordActual }) body: z.output<typeof recordActual>, @Beside() read: CellRow | null): Promise<RecordedActual> {
    const recorded = read === null ? null : await this.atOnce.record(actor, read, indicatorId, body);
    return recorded ?? this.answer(actor, id, indicatorId, await this.recording.record(actor, id, indicatorId, body));
  }

  @Put(':id/actuals/:indicatorId/explanation')
  async explain(@CurrentActor() actor: Actor, @Param({ schema: cell }) { id, indicatorId }: z.output<typeof cell>, @Body({ schema: explainDeviation }) body: z.output<typeof explainDeviation>): Promise<RecordedActual> {
    return this.answer(actor, id, indicatorId, await this.explaining.explain(actor, id, indicatorId, body));
  }

  @Get(':id/actuals/:indicatorId/history')
  async history(@CurrentActor() actor: Actor, @Param({ schema: cell }) { id, indicatorId }: z.output<typeof cell>): Promise<ActualHistory> {
    return unwrap(await this.histories.of(actor, id, indicatorId));
  }

  @Post(':id/candidates/:candidateId')
  @HttpCode(200)
  async settle(@CurrentActor() actor: Actor, @Param({ schema: choice }) { id, candidateId }: z.output<typeof choice>, @Body({ schema: settleCandidate }) body: z.output<typeof settleCandidate>): Promise<RecordedActual> {
    const settled = await (body.choice === 'TAKE_BACK' ? this.takingBack.takeBack(actor, id, candidateId, body) : this.settling.settle(actor, id, candidateId, body));
    const indicatorId = settled.ok ? settled.value.indicatorId : await this.histories.rowOfCandidate(id, candidateId);
    return this.answer(actor, id, indicatorId, settled);
  }

  @Post(':id/extension')
  @HttpCode(200)
  async extend(@CurrentActor() actor: Actor, @Param({ schema: one }) { id }: z.output<typeof one>, @Body({ schema: extendReport }) body: z.output<typeof extendReport>): Promise<MonitoringReportView> {
    unwrap(await this.extending.extend(actor, id, body.until, body.reason));
    return unwrap(await this.views.view(actor, id));
  }

  /** The row as it now stands; a stale revision answers with it as well, so that the browser can show both. */
  private async answer(actor: Actor, id: string, indicatorId: string | null, result: Result<{ readonly revision: number }>): Promise<RecordedActual> {
    if (!result.ok && !result.refusal.code.endsWith('.stale-revision')) return unwrap(result);
    const present = indicatorId === null ? null : await this.views.row(actor, id, indicatorId);
    if (!result.ok) return unwrap(withPresent(result.refusal, present?.row ?? null));
    if (present === null) return unwrap(refuse('report-row.not-found'));
    return { revision: result.value.revision, row: present.row, reportRevision: present.reportRevision };
  }
}
