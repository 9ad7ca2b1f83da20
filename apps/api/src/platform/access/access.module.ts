import { Global, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { Access } from './access';
import { ArchivedYearInterceptor } from './archived-year.interceptor';
import { EventStreams } from './event-streams';
import { PolicyCheck } from './policy.check';
import { PolicyGuard } from './policy.guard';
import { SessionQuery } from './session.query';

/** Who may do what, for every route. */
@Global()
@Module({ imports: [DiscoveryModule], providers: [Access, SessionQuery, EventStreams, PolicyCheck, { provide: APP_GUARD, useClass: PolicyGuard }, { provide: APP_INTERCEPTOR, useClass: ArchivedYearInterceptor }], exports: [Access, SessionQuery, EventStreams] })
export class AccessModule {}
