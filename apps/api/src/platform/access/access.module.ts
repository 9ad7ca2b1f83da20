import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { Access } from './access';
import { PolicyCheck } from './policy.check';
import { PolicyGuard } from './policy.guard';
import { SessionQuery } from './session.query';

/** Who may do what, for every route. */
@Global()
@Module({ imports: [DiscoveryModule], providers: [Access, SessionQuery, PolicyCheck, { provide: APP_GUARD, useClass: PolicyGuard }], exports: [Access, SessionQuery] })
export class AccessModule {}
