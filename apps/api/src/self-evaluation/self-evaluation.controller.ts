import { type SelfEvaluationView, answerSelfEvaluationRow, assembleSelfEvaluation, indicatorId, selfEvaluationId, selfEvaluationView, writeChapter } from '@jiheng/contract';
import { Body, Controller, Get, Param, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../platform/access/actor';
import { CurrentActor, Policy } from '../platform/access/policy.decorator';
import { Answers } from '../platform/http/answers.decorator';
import { unwrap } from '../platform/http/refusal.exception';
import { AnswerSelfEvaluation } from './answer-self-evaluation.service';
import { AssembleSelfEvaluation } from './assemble-self-evaluation.service';
import { SelfEvaluationQuery } from './self-evaluation.query';
import { WriteChapter } from './write-chapter.service';

const chapterName = z.string().regex(/^[a-z-]{1,40}$/u);

@Controller('self-evaluations')
export class SelfEvaluationController {
  constructor(
    private readonly views: SelfEvaluationQuery, private readonly assembling: AssembleSelfEvaluation, private readonly answers: AnswerSelfEvaluation, private readonly chapters: WriteChapter,
  ) {}

  @Post()
  @Policy({ roles: ['reporter'] })
  @Answers(selfEvaluationView)
  async assemble(@CurrentActor() actor: Actor, @Body({ schema: assembleSelfEvaluation }) wish: z.output<typeof assembleSelfEvaluation>): Promise<SelfEvaluationView> {
    const { id } = unwrap(await this.assembling.assemble(actor, wish.tableId));
    return unwrap(await this.views.one(actor, id));
  }

  @Get(':id')
  @Policy('signed-in')
  @Answers(selfEvaluationView)
  async one(@CurrentActor() actor: Actor, @Param('id', { schema: selfEvaluationId }) id: string): Promise<SelfEvaluationView> {
    return unwrap(await this.views.one(actor, id));
  }

  @Put(':id/rows/:indicatorId')
  @Policy({ roles: ['reporter'] })
  @Answers(selfEvaluationView)
  async answer(
    @CurrentActor() actor: Actor, @Param('id', { schema: selfEvaluationId }) id: string, @Param('indicatorId', { schema: indicatorId }) row: string,
    @Body({ schema: answerSelfEvaluationRow }) wish: z.output<typeof answerSelfEvaluationRow>,
  ): Promise<SelfEvaluationView> {
    unwrap(await this.answers.answer(actor, id, row, wish));
    return unwrap(await this.views.one(actor, id));
  }

  @Put(':id/chapters/:chapterId')
  @Policy({ roles: ['reporter'] })
  @Answers(selfEvaluationView)
  async write(
    @CurrentActor() actor: Actor, @Param('id', { schema: selfEvaluationId }) id: string, @Param('chapterId', { schema: chapterName }) chapter: string,
    @Body({ schema: writeChapter }) wish: z.output<typeof writeChapter>,
  ): Promise<SelfEvaluationView> {
    unwrap(await this.chapters.write(actor, id, chapter, wish));
    return unwrap(await this.views.one(actor, id));
  }
}
