// One person at a desk: thinks, saves a cell, thinks. Two who share a cell meet each other's saves and are told so.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { prng } from '../../generate/province.mjs';
import { Browser } from '../latency/client.mjs';
import { saveBody } from '../latency/editable.mjs';

/**
 * Saves cells until `until`. `desk`: `{ number, reportId, cells, session, shared }`; with `shared` only the first cell is saved.
 * `note` hears of each save: `{ reportId, indicatorId, begun, key, requestId, magnitude, revision, status, ms, code, present }`.
 */
export async function edit({ url, desk, seed, thinkMs, until, note }) {
  const chance = prng(Math.imul(seed, 65_537) + desk.number + 1), browser = new Browser(url, desk.session);
  const cells = (desk.shared ? desk.cells.slice(0, 1) : desk.cells).map((cell) => ({ ...cell }));
  // Nobody begins at the same moment; thinking takes a half to one and a half of the mean.
  await pause(chance() * thinkMs);
  try {
    for (let turn = 0; Date.now() < until; turn++) {
      const cell = cells[Math.floor(chance() * cells.length)], requestId = randomUUID();
      const magnitude = `${turn + 1}.${String(desk.number).padStart(3, '0')}7`;
      const begun = performance.now();
      let answer;
      try { answer = await browser.ask('PUT', `/api/monitoring-reports/${desk.reportId}/actuals/${cell.indicatorId}`, saveBody(requestId, cell, magnitude)); } catch (error) { answer = { status: 0, body: { code: error.code ?? error.message } }; }
      const { status, body } = answer;
      note({ reportId: desk.reportId, indicatorId: cell.indicatorId, begun, key: cell.key, requestId, magnitude, seen: cell.revision, revision: status === 200 ? body.revision : null, status, ms: performance.now() - begun, code: body.code ?? null, present: body.present?.current ?? null, row: status === 200 ? body.row.current : null });
      if (status === 200) cell.revision = body.revision;
      // Somebody was quicker: what is there now came with the refusal, and the next save is made in its knowledge.
      else if (status === 409 && body.present?.current) cell.revision = body.present.current.revision;
      await pause(thinkMs * (0.5 + chance()));
    }
  } finally { browser.close(); }
}
