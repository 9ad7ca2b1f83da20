import 'reflect-metadata';
import { Injectable, Module, type Type } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { z } from 'zod';
import { defineJob, type JobDefinition } from './define-job';
import { defineNews, listen, provideListeners } from './define-news';
import { HandlesJob, type JobHandler } from './job-handler';
import { JobRegistry } from './job-registry';

const payload = z.object({ reportId: z.uuid() });
const score = defineJob({ name: 'score-report', queue: 'scoring', payload, attempts: 3, backoffMs: 10, timeoutMs: 1000 });
const submitted = defineNews({ name: 'report-submitted', payload });
defineNews({ name: 'nobody-listens', payload: z.object({}) });

@HandlesJob(score) @Injectable()
class ScoreReport implements JobHandler<{ reportId: string }> { handle(): Promise<void> { return Promise.resolve(); } }
@HandlesJob(score) @Injectable()
class ScoreReportToo implements JobHandler<{ reportId: string }> { handle(): Promise<void> { return Promise.resolve(); } }

/** Boots only the registry over some providers. */
async function boot(handlers: readonly Type[], listeners = [listen(submitted, score, ({ reportId }) => ({ reportId }))]): Promise<JobRegistry> {
  @Module({ imports: [DiscoveryModule], providers: [JobRegistry, ...handlers, provideListeners(listeners)] })
  class House {}
  const app = await NestFactory.createApplicationContext(House, { logger: false, abortOnError: false });
  return app.get(JobRegistry);
}

describe('the wiring of jobs', () => {
  it('boots when every job has one handler, and knows what a piece of news rings', async () => {
    const registry = await boot([ScoreReport]);
    const reportId = '019b0000-0000-7000-8000-000000000001';
    expect(registry.ringsFor('NEWS', 'report-submitted', { reportId })).toEqual([{ definition: score, payload: { reportId } }]);
    expect(registry.ringsFor('JOB', 'score-report', { reportId })).toEqual([{ definition: score, payload: { reportId } }]);
    expect(registry.ringsFor('NEWS', 'nobody-listens', {})).toEqual([]);
    expect(() => registry.ringsFor('NEWS', 'report-submitted', { reportId: 7 })).toThrow();
    expect(() => registry.ringsFor('JOB', 'of-an-older-house', {})).toThrow('no handler for the job "of-an-older-house"');
    expect(() => registry.ringsFor('NEWS', 'of-a-newer-house', {})).toThrow('the news "of-a-newer-house" is not known here');
  });

  it('does not boot with a job that nobody does', async () => {
    await expect(boot([])).rejects.toThrow('the job "score-report" has no handler');
  });

  it('does not boot with a job that two do', async () => {
    await expect(boot([ScoreReport, ScoreReportToo])).rejects.toThrow('the job "score-report" has two handlers');
  });

  it('does not boot with a listener to news that nobody tells, or that asks for an unknown job', async () => {
    await expect(boot([ScoreReport], [{ ...listen(submitted, score, (told) => told), newsName: 'never-told' }])).rejects.toThrow('somebody listens to "never-told", which nobody tells');
    const unknown: JobDefinition<{ reportId: string }> = { ...score, name: 'unknown-job' };
    await expect(boot([ScoreReport], [listen(submitted, unknown, (told) => told)])).rejects.toThrow('asks for the job "unknown-job", which has no handler');
  });

  it('refuses a name twice and a name that cannot be part of an id', () => {
    expect(() => defineJob({ ...score, payload })).toThrow('defined twice');
    expect(() => defineJob({ ...score, payload, name: 'score:report' })).toThrow('not made of small letters');
    expect(() => defineNews({ name: 'report-submitted', payload })).toThrow('defined twice');
  });
});
