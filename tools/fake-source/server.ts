// A small upstream to try HTTP pulls against: it can be slow, wrong, empty or gone on request. Serves developers and tests, never shipped.
//   node tools/fake-source/server.ts 4010        then   GET http://127.0.0.1:4010/insured?mode=slow
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the upstream is up to. `ok` answers the rows; the others are the ways real sources fail. */
export type FakeMode = 'ok' | 'slow' | 'wrong' | 'garbage' | 'wrong-shape' | 'empty' | 'missing' | 'unauthorised' | 'forbidden' | 'broken' | 'gone' | 'huge' | 'elsewhere';

/** One row as neighbours deliver it: a key of theirs and a value, as a JSON number or as text with or without a unit. */
export interface FakeRow {
  readonly key: string;
  readonly value: string | number | boolean | null;
}

/** A running upstream. */
export interface FakeSource {
  readonly port: number;
  readonly url: string;
  /** Answers from now on in this way; a `mode` in the query of a request wins. */
  behave(mode: FakeMode): void;
  /** The rows it answers with. A JSON text may be given instead, so that the digits of a number stay as written. */
  say(rows: readonly FakeRow[] | string): void;
  /** How many requests came in. */
  asked(): number;
  stop(): Promise<void>;
}

/** Head counts of the prefectural centre at the end of 2024, in persons and not in 万人 as the form has them. */
const HEAD_COUNTS: readonly FakeRow[] = [
  { key: 'urban-rural-pension', value: 264000 },
  { key: 'enterprise-pension', value: 64300 },
  { key: 'public-service-pension', value: '5.79万人' },
  { key: 'work-injury', value: '100,120 人' },
  { key: 'unemployment', value: '68300人' },
  { key: 'coverage', value: '95.6%' },
];

const HUGE_ROW = JSON.stringify({ key: 'filler', value: 'x'.repeat(1000) });

/** Starts the upstream on a port of 127.0.0.1; 0 takes a free one. */
export async function startFakeSource({ port = 0, slowMs = 60_000 }: { readonly port?: number; readonly slowMs?: number } = {}): Promise<FakeSource> {
  let mode: FakeMode = 'ok';
  let body = JSON.stringify({ rows: HEAD_COUNTS });
  let requests = 0;
  const waiting = new Set<NodeJS.Timeout>();

  const json = (response: ServerResponse, status: number, text: string): void => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(text);
  };
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    requests += 1;
    const asked = new URL(request.url ?? '/', 'http://fake').searchParams.get('mode');
    switch ((asked as FakeMode | null) ?? mode) {
      case 'slow': {
        const timer = setTimeout(() => { waiting.delete(timer); json(response, 200, body); }, slowMs);
        waiting.add(timer);
        return;
      }
      case 'wrong': return json(response, 200, JSON.stringify({ rows: HEAD_COUNTS.map((row) => ({ ...row, value: '很多' })) }));
      case 'garbage': return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>系统维护中');
      case 'wrong-shape': return json(response, 200, JSON.stringify({ data: { list: 'none' } }));
      case 'empty': return json(response, 200, JSON.stringify({ rows: [] }));
      case 'missing': return json(response, 404, '{}');
      case 'unauthorised': return json(response, 401, '{}');
      case 'forbidden': return json(response, 403, '{}');
      case 'broken': return json(response, 503, '{}');
      case 'gone': return void request.socket.destroy();
      case 'huge': {
        response.writeHead(200, { 'content-type': 'application/json' }).write('{"rows":[');
        const pour = (): void => {
          while (!response.destroyed && response.write(`${HUGE_ROW},`)) { /* until the reader has had enough */ }
          if (!response.destroyed) response.once('drain', pour);
        };
        return pour();
      }
      case 'elsewhere': return void response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end();
      case 'ok': return json(response, 200, body);
    }
  };

  const server = createServer(answer);
  await new Promise<void>((ready, failed) => server.on('error', failed).listen(port, '127.0.0.1', ready));
  const actualPort = (server.address() as AddressInfo).port;
  return {
    port: actualPort, url: `http://127.0.0.1:${actualPort}`,
    behave: (next) => { mode = next; },
    say: (rows) => { body = typeof rows === 'string' ? rows : JSON.stringify({ rows }); },
    asked: () => requests,
    stop: () => new Promise((done) => {
      for (const timer of waiting) clearTimeout(timer);
      server.close(() => done());
      server.closeAllConnections();
    }),
  };
}

if (process.argv[1]?.endsWith('fake-source/server.ts') === true) {
  void startFakeSource({ port: Number(process.argv[2] ?? '4010'), slowMs: 30_000 }).then(({ url }) => {
    process.stdout.write(`fake source: ${url}/insured  (?mode=slow|wrong|garbage|wrong-shape|empty|missing|unauthorised|forbidden|broken|gone|huge|elsewhere)\n`);
  });
}
