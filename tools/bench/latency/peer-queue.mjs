// The peer of P9: BullMQ alone, a job added and processed in this process, on the same backend.
import { Queue, Worker, createPostgresBackend } from 'bullmq';

/** `rings()` answers milliseconds from add() to the processor. */
export async function startPeerQueue(backend, { redisUrl, postgresUrl }) {
  const connection = backend === 'redis' ? { url: redisUrl, maxRetriesPerRequest: null } : { connectionString: postgresUrl, max: 10, migrate: true };
  const factory = backend === 'redis' ? [] : [createPostgresBackend];
  let heard = () => {};
  const queue = new Queue('peer', { connection, defaultJobOptions: { removeOnComplete: true } }, ...factory);
  await queue.waitUntilReady();
  const worker = new Worker('peer', async () => { heard(performance.now()); }, { connection, concurrency: 4 }, ...factory);
  worker.on('error', () => {});
  await worker.waitUntilReady();
  return {
    async rings() {
      const processed = new Promise((resolve) => { heard = resolve; });
      const begun = performance.now();
      await queue.add('x', { begun });
      return (await processed) - begun;
    },
    async stop() { await worker.close(true); await queue.close(); },
  };
}
