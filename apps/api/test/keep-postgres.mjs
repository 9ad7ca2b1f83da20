// A PostgreSQL that a test may stop, crash and start again where it was. Answers each order it is sent with what came of it.
import pg from 'pg';
import { startPostgres } from '../../../tools/embedded-pg.mjs';

const [, , dir, maxConnections = '120'] = process.argv;
// Not fsync: the machine does not go down with the server. What was committed must be there after a crash of the server all the same.
const settings = { fsync: 'off', full_page_writes: 'off', max_connections: Number(maxConnections), shared_buffers: '64MB', jit: 'off' };
let server = await startPostgres({ dir, database: 'jiheng', settings });
const { port } = server;
// A database beside the one that every start hands over to the product's role: that would wait for whoever is at work in it.
const client = new pg.Client({ connectionString: server.urlFor('postgres') });
await client.connect();
await client.query('create database story');
await client.end();
const orders = {
  stop: () => server.stop(),
  crash: async () => {
    process.kill(server.pid, 'SIGQUIT');
    await server.stop();
  },
  start: async () => { server = await startPostgres({ dir, database: 'jiheng', port, settings }); },
};
process.on('message', async (order) => {
  try {
    await orders[order]();
    process.send({ done: order });
  } catch (error) { process.send({ failed: String(error?.stack ?? error) }); }
});
process.on('disconnect', () => { void server.stop().finally(() => process.exit(0)); });
process.send({ url: server.urlFor('story') });
