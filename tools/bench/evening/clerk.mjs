// People beside the editors: who takes documents out, and who has the region scored.
import { setTimeout as pause } from 'node:timers/promises';
import { prng } from '../../generate/province.mjs';
import { Browser } from '../latency/client.mjs';

/** Takes forms of tables and reports, xlsx and docx in turn, until `until`; `note` hears `{ status, ms, bytes }`. */
export async function takeDocuments({ url, session, desks, seed, thinkMs, until, note }) {
  const chance = prng(seed), browser = new Browser(url, session);
  try {
    for (let turn = 0; Date.now() < until; turn++) {
      const desk = desks[Math.floor(chance() * desks.length)], format = turn % 2 === 0 ? 'xlsx' : 'docx';
      const path = turn % 4 < 2 ? `/api/monitoring-reports/${desk.reportId}/form.${format}` : `/api/target-tables/${desk.tableId}/form.${format}`;
      const begun = performance.now();
      const { status, bytes } = await browser.ask('GET', path).catch(() => ({ status: 0, bytes: 0 }));
      note({ status, ms: performance.now() - begun, bytes });
      await pause(thinkMs * (0.5 + chance()));
    }
  } finally { browser.close(); }
}

/** Asks for reports of self-evaluations, one after another, as workbook and as document; each is a job. `nextEvaluation` answers one that is scored, or null while there is none. `note` hears `{ status, code }`. */
export async function askForReports({ url, session, nextEvaluation, thinkMs, until, note }) {
  const browser = new Browser(url, session);
  try {
    for (let id = null; Date.now() < until; await pause(thinkMs)) {
      id = await nextEvaluation();
      for (const format of id === null ? [] : ['xlsx', 'docx']) {
        const { status, body } = await browser.ask('POST', `/api/self-evaluations/${id}/reports`, { format }).catch(() => ({ status: 0, body: {} }));
        note({ status, code: body.code ?? null });
        await pause(thinkMs);
      }
    }
  } finally { browser.close(); }
}

/** Has the region scored again and again, as soon as the run before it is done; a run already under way is waited for. Answers how many were done. */
export async function scoreAgainAndAgain({ url, session, db, unitId, until }) {
  const browser = new Browser(url, session);
  let done = 0;
  try {
    while (Date.now() < until) {
      const { status, body } = await browser.ask('POST', '/api/scoring-runs', { unitId, fiscalYear: 2024, periodOrdinal: 1 });
      if (status !== 202) throw new Error(`the region is not scored: ${status} ${JSON.stringify(body)}`);
      for (;; await pause(100)) {
        const { rows: [run] } = await db.query('select state from bulk_run where id = $1', [body.runId]);
        if (run.state === 'FAILED') throw new Error('the run of the region failed');
        if (run.state === 'DONE') { done += 1; break; }
        if (Date.now() >= until + 120_000) throw new Error('the run of the region does not end');
      }
    }
    return done;
  } finally { browser.close(); }
}
