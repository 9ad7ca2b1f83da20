import { changePassword, sessionView, setUp, signIn, type SessionView } from '@jiheng/contract';
import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Policy } from '../platform/access/policy.decorator';
import { SESSION_COOKIE, SessionQuery } from '../platform/access/session.query';
import { Clock } from '../platform/clock/clock';
import { AppConfig } from '../platform/config/app-config';
import { PRODUCT_VERSION } from '../platform/config/product-version';
import { Answers } from '../platform/http/answers.decorator';
import { unwrap } from '../platform/http/refusal.exception';
import { PersonQuery } from './person.query';
import { Sessions, type OpenedSession } from './sessions.service';
import { SetUp } from './set-up.service';

/** Who am I, signing in and out, the first administrator. */
@Controller()
export class SessionController {
  constructor(
    private readonly sessions: Sessions, private readonly setup: SetUp, private readonly people: PersonQuery, private readonly found: SessionQuery,
    private readonly clock: Clock, private readonly config: AppConfig,
  ) {}

  @Get('session') @Policy('public') @Answers(sessionView)
  async present(@Req() request: FastifyRequest): Promise<SessionView> {
    return this.viewFor(request.jihengSession?.actor.personId ?? null, request.jihengSession?.csrfToken ?? null);
  }

  @Post('session') @HttpCode(200) @Policy('public') @Answers(sessionView)
  async open(@Body({ schema: signIn }) body: z.output<typeof signIn>, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<SessionView> {
    const opened = unwrap(await this.sessions.signIn(body, request.ip));
    return this.enter(opened, reply);
  }

  @Delete('session') @HttpCode(204) @Policy('signed-in', { beforePasswordChange: true })
  async close(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    if (request.jihengSession !== undefined) await this.sessions.signOut(request.jihengSession);
    void reply.clearCookie(SESSION_COOKIE, { path: '/' });
  }

  @Post('session/password') @HttpCode(204) @Policy('signed-in', { beforePasswordChange: true })
  async password(@Body({ schema: changePassword }) body: z.output<typeof changePassword>, @Req() request: FastifyRequest): Promise<void> {
    if (request.jihengSession !== undefined) unwrap(await this.sessions.changePassword(request.jihengSession, body, request.ip));
  }

  @Post('setup') @HttpCode(200) @Policy('setup') @Answers(sessionView)
  async first(@Body({ schema: setUp }) body: z.output<typeof setUp>, @Res({ passthrough: true }) reply: FastifyReply): Promise<SessionView> {
    return this.enter(unwrap(await this.setup.setUp(body)), reply);
  }

  private async enter(opened: OpenedSession, reply: FastifyReply): Promise<SessionView> {
    void reply.setCookie(SESSION_COOKIE, opened.token, { path: '/', httpOnly: true, sameSite: 'lax', secure: this.config.SECURE_COOKIES });
    const session = await this.found.find(opened.token);
    return this.viewFor(opened.personId, session?.csrfToken ?? null);
  }

  private async viewFor(personId: string | null, csrfToken: string | null): Promise<SessionView> {
    const today = this.clock.today();
    return {
      person: personId === null ? null : await this.people.view(personId), csrfToken, setupNeeded: personId === null && !(await this.people.anybody()),
      today, fiscalYear: Number(today.slice(0, 4)), productVersion: PRODUCT_VERSION, demonstration: this.config.JIHENG_DEMONSTRATION,
    };
  }
}
