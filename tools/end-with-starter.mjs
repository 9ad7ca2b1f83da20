// Loaded into the product by tools/serve.mjs: a starter that is killed can stop nobody. The product would live on without it, hold its port and the database, and be known to no command.
import { isMainThread } from 'node:worker_threads';

const starter = process.ppid;
// Threads load this as well.
if (isMainThread) {
  const look = setInterval(() => {
    if (process.ppid === starter) return;
    clearInterval(look);
    process.kill(process.pid, 'SIGTERM');
  }, 300).unref();
}
