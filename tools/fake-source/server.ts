// A small upstream to try HTTP pulls against: it can be slow, wrong, empty or gone on request. Serves developers and tests, never shipped.
//   node tools/fake-source/server.ts 4010        then   GET http://127.0.0.1:4010/insured?mode=slow
// Also /paged, /offset, /linked (pages), /token and /secured (OAuth 2.0), /api/dataValueSets.json (as DHIS2), /mirror, /moved. The product asks it when
// started with PULL_ALLOWED_HOSTS=127.0.0.1:4010.
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
  /** How many access tokens were handed out. */
  tokens(): number;
  /** From now on no token that was handed out counts any more. */
  revoke(): void;
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

/** The client that `/token` knows (OAuth 2.0 client credentials). */
export const FAKE_CLIENT = { id: 'jiheng', secret: 'fake:client+secret', scope: 'read' } as const;

const HUGE_ROW = JSON.stringify({ key: 'filler', value: 'x'.repeat(1000) });

/** Starts the upstream on a port of 127.0.0.1 (or another loopback address); 0 takes a free one. */
export async function startFakeSource({ port = 0, slowMs = 60_000, host = '127.0.0.1' }: { readonly port?: number; readonly slowMs?: number; readonly host?: string } = {}): Promise<FakeSource> {
  let mode: FakeMode = 'ok';
  let body = JSON.stringify({ rows: HEAD_COUNTS });
  let requests = 0;
  let issued = 0;
  let epoch = 1;
  const waiting = new Set<NodeJS.Timeout>();

  const json = (response: ServerResponse, status: number, text: string): void => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(text);
  };
  /** Paths that do more than `/insured`; false for any other. */
  const special = (request: IncomingMessage, response: ServerResponse, url: URL): boolean => {
    const number = (name: string, absent: number): number => Number(url.searchParams.get(name) ?? absent);
    const rows = (JSON.parse(body) as { rows: FakeRow[] }).rows;
    switch (url.pathname) {
      case '/token': {
        const given = Buffer.from((request.headers.authorization ?? '').replace(/^Basic /u, ''), 'base64').toString();
        if (given !== new URLSearchParams({ [FAKE_CLIENT.id]: FAKE_CLIENT.secret }).toString().replace('=', ':')) json(response, 401, '{"error":"invalid_client"}');
        else {
          issued += 1;
          json(response, 200, JSON.stringify({ access_token: `token-${epoch}-${issued}`, token_type: 'Bearer', expires_in: number('lives', 3600) }));
        }
        return true;
      }
      case '/secured':
        if (request.headers.authorization?.startsWith(`Bearer token-${epoch}-`) === true) json(response, 200, body);
        else json(response, 401, '{}');
        return true;
      case '/paged': {
        const [page, size] = [number('page', 1), number('size', 2)];
        json(response, 200, JSON.stringify({ rows: rows.slice((page - 1) * size, page * size), total: rows.length, page }));
        return true;
      }
      case '/offset': json(response, 200, JSON.stringify({ rows: rows.slice(number('offset', 0), number('offset', 0) + number('limit', 2)) })); return true;
      case '/linked': {
        const at = number('at', 0);
        const next = at + 2 < rows.length ? `/linked?at=${at + 2}` : null;
        if (next !== null) response.setHeader('link', `<${next}>; rel="next", </linked>; rel="first"`);
        json(response, 200, JSON.stringify({ rows: rows.slice(at, at + 2), next }));
        return true;
      }
      // Says the same page for ever, whatever page is asked for.
      case '/stuck': json(response, 200, JSON.stringify({ rows: rows.slice(0, 2), next: `/stuck?n=${number('n', 0) + 1}` })); return true;
      // As DHIS2 answers: no member `dataValues` at all where there are none.
      case '/api/dataValueSets.json': {
        // Said in its own words already.
        if (!Array.isArray(rows)) { json(response, 200, body); return true; }
        const values = url.searchParams.get('period') === '2024Q4' ? rows.map(({ key, value }) => ({ dataElement: key, period: '2024Q4', orgUnit: url.searchParams.get('orgUnit'), categoryOptionCombo: 'HllvX50cXC0', value: String(value) })) : undefined;
        json(response, 200, JSON.stringify({ dataSet: url.searchParams.get('dataSet'), dataValues: values }));
        return true;
      }
      // What was asked with, for whoever wants to see what is sent.
      case '/mirror': json(response, 200, JSON.stringify({ rows: Object.entries(request.headers).map(([key, value]) => ({ key, value })) })); return true;
      case '/moved': response.writeHead(302, { location: url.searchParams.get('to') ?? '/insured' }).end(); return true;
      default: return false;
    }
  };
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    requests += 1;
    const url = new URL(request.url ?? '/', 'http://fake');
    if (special(request, response, url)) return;
    const asked = url.searchParams.get('mode');
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
  await new Promise<void>((ready, failed) => server.on('error', failed).listen(port, host, ready));
  const actualPort = (server.address() as AddressInfo).port;
  return {
    port: actualPort, url: `http://${host}:${actualPort}`,
    behave: (next) => { mode = next; },
    say: (rows) => { body = typeof rows === 'string' ? rows : JSON.stringify({ rows }); },
    asked: () => requests,
    tokens: () => issued,
    revoke: () => { epoch += 1; },
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
