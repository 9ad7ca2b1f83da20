import { Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { contractPipe } from './malformed.exception';
import { ProblemFilter } from './problem.filter';

/** The door: shapes in, problems out. */
@Module({ providers: [{ provide: APP_FILTER, useClass: ProblemFilter }, { provide: APP_PIPE, useFactory: contractPipe }] })
export class HttpModule {}
