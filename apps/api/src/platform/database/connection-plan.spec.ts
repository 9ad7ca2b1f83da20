import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mostConnections, OF_HOT_READS, OF_JOBS, OF_PEOPLE, OF_QUEUE, SLICES_OF_A_THREAD } from './connection-plan';

describe('connections that processes take', () => {
  it('on two cores and with the queue in PostgreSQL: 42 where one does all, 18 an API, 25 a worker', () => {
    const on = (role: 'api' | 'worker' | 'all', isQueueHere: boolean, threads: number): number => mostConnections({ role, isQueueHere, threads });
    expect([on('all', true, 1), on('api', true, 1), on('worker', true, 1)]).toEqual([42, 18, 25]);
    // On Redis a worker does without the queue's nine; eight cores have four threads.
    expect([on('worker', false, 1), on('worker', true, 4), on('all', true, 4)]).toEqual([16, 37, 54]);
  });

  it('stand so in the documents, by whose numbers an operator counts', () => {
    const page = readFileSync(join(__dirname, '../../../../../docs/operations.md'), 'utf8');
    const row = (name: string): readonly string[] => page.split('\n').find((line) => line.startsWith(`| \`${name}\` |`))?.split('|').slice(2, 5).map((cell) => cell.trim()) ?? [];
    expect(row('jiheng')).toEqual([String(OF_PEOPLE), String(OF_JOBS), String(OF_PEOPLE + OF_JOBS)]);
    expect(row('jiheng-hot')).toEqual([String(OF_HOT_READS), '0', String(OF_HOT_READS)]);
    expect(row('jiheng-queue')).toEqual(['0', String(OF_QUEUE), String(OF_QUEUE)]);
    expect(row('jiheng-bulk')).toEqual(['0', `${SLICES_OF_A_THREAD} × threads`, `${SLICES_OF_A_THREAD} × threads`]);
    expect(row('all, two cores')).toEqual((['api', 'worker', 'all'] as const).map((role) => String(mostConnections({ role, isQueueHere: true, threads: 1 }))));
  });
});
