// Serves the production build with an API made of recorded JSON: what the entry grid asks for, for a report of any length. No database.
import { existsSync, readFileSync } from 'node:fs';
import http from 'node:http';
import { extname, join } from 'node:path';
import { build } from 'esbuild';

const root = new URL('../../../', import.meta.url).pathname;
const TYPES = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html; charset=utf-8', '.svg': 'image/svg+xml', '.json': 'application/json' };

/** The spec's own report builder, bundled for Node: the benchmark measures the page with the shapes the specs hold true. */
export async function reportBuilder() {
  const { outputFiles } = await build({
    stdin: {
      contents: `export * from './apps/web/src/app/api/testing/a-report'; export { theTable } from './libs/domain/testing/index';`,
      resolveDir: root, loader: 'ts',
    },
    bundle: true, format: 'esm', platform: 'node', write: false, logLevel: 'error', tsconfigRaw: '{}',
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

/** A table of `count` rows: those of the whole-unit table of the prefecture, again and again under numbered names. */
export function longTable(theTable, count) {
  const table = theTable('KZ-U');
  const indicators = Array.from({ length: count }, (_, at) => {
    const row = table.indicators[at % table.indicators.length];
    return { ...row, key: `${row.key}-${at}`, name: `${row.name}（${at + 1}）` };
  });
  return { ...table, indicators };
}

const person = { id: '00000000-0000-4000-8000-000000000001', login: 'reporter', displayName: '填报人', active: true, mustChangePassword: false, roles: [{ role: 'reporter', unitId: '00000000-0000-4000-8000-000000000002', unitName: '社会保险中心' }] };

/** @returns {Promise<{url: string, close: () => void, asked: {method: string, path: string}[]}>} */
export async function serveEntry(report, { dist = join(root, 'dist/apps/web/browser'), pages = {} } = {}) {
  const asked = [];
  const rows = new Map(report.rows.map((row) => [row.indicator.id, row]));
  const answer = (method, path, body) => {
    if (path === '/session') return { person, csrfToken: 'x', setupNeeded: false, today: report.today, fiscalYear: report.table.fiscalYear, productVersion: 'bench', demonstration: true };
    if (path === `/monitoring-reports/${report.id}` && method === 'GET') return { ...report, rows: [...rows.values()] };
    const cell = /\/actuals\/([^/]+)$/u.exec(path);
    if (cell !== null && method === 'PUT') {
      const row = rows.get(cell[1]);
      const current = { revision: (row.current?.revision ?? 0) + 1, actual: body.actual, origin: 'TYPED', by: person.displayName, at: '2025-01-09T02:00:00Z', observationId: null };
      rows.set(cell[1], { ...row, current });
      return { revision: current.revision, row: rows.get(cell[1]), reportRevision: report.revision + asked.length };
    }
    if (path.endsWith('/history')) return { revisions: [rows.get(path.split('/').at(-2))?.current].filter(Boolean) };
    if (path === '/work') return { items: [], today: report.today, period: null };
    if (path === '/units') return { units: [] };
    if (path === '/target-tables') return { tables: [], nextCursor: null, fiscalYears: [report.table.fiscalYear] };
    if (path === '/jobs') return { jobs: [], nextCursor: null };
    return {};
  };
  const server = http.createServer((request, response) => {
    const path = decodeURIComponent(request.url.split('?')[0]);
    if (path === '/api/jobs/events' || /^\/api\/monitoring-reports\/[^/]+\/events$/u.test(path)) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(':\n\n');
      return;
    }
    if (path.startsWith('/api/')) {
      const chunks = [];
      request.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
        asked.push({ method: request.method, path });
        const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : null;
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(answer(request.method, path.slice('/api'.length), body)));
      });
      return;
    }
    if (path in pages) {
      response.writeHead(200, { 'content-type': TYPES['.html'] });
      response.end(pages[path]);
      return;
    }
    const file = extname(path) !== '' && existsSync(join(dist, path)) ? join(dist, path) : join(dist, 'index.html');
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    response.end(readFileSync(file));
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { url: `http://127.0.0.1:${server.address().port}`, asked, close: () => { server.closeAllConnections(); server.close(); } };
}
