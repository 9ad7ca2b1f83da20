// One cell after another: saved, scored by the product's own queue, and seen by the browser that saved it.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Browser } from './client.mjs';
import { saveBody } from './editable.mjs';

/** How long a browser waits before it asks again. */
const ASK_AGAIN_MS = 1;
const GIVE_UP_MS = 10_000;

/**
 * Saves a cell and asks for the report until its points are those of the new value.
 * @returns milliseconds from sending the value: `saved` (its answer is there), `visible` (an answer with the new points is there)
 */
export async function saveAndSee(browser, entry, cell, magnitude) {
  const path = `/api/monitoring-reports/${entry.reportId}`;
  const begun = performance.now();
  const answer = await browser.ask('PUT', `${path}/actuals/${cell.indicatorId}`, saveBody(randomUUID(), cell, magnitude));
  const saved = performance.now() - begun;
  if (answer.status !== 200) throw new Error(`the value was not taken: ${answer.status} ${JSON.stringify(answer.body)}`);
  cell.revision = answer.body.revision;
  for (;;) {
    const { status, body } = await browser.ask('GET', path);
    const visible = performance.now() - begun;
    if (status !== 200) throw new Error(`the report was not answered: ${status}`);
    // A row has points only while they are those of the value that stands there; a score computed before shows none.
    const row = body.rows.find((one) => one.indicator.id === cell.indicatorId);
    if (row.current.revision === cell.revision && row.score !== null && body.score.state === 'DONE' && body.score.scoreId !== entry.scoreId) {
      entry.scoreId = body.score.scoreId;
      return { saved, visible, points: row.score.points };
    }
    if (visible > GIVE_UP_MS) throw new Error(`no points after ${GIVE_UP_MS} ms: ${JSON.stringify({ score: body.score, before: entry.scoreId, sent: magnitude, row })}`);
    await pause(ASK_AGAIN_MS);
  }
}

/** `times` cells in turn over all entries, with a rest between, and beside each one job of the peer. */
export async function measure({ url, entries, times, peer, restMs = 30, warmUp = 20 }) {
  const browsers = entries.map((entry) => new Browser(url, entry.session));
  const told = { saved: [], visible: [], peer: [] };
  try {
    for (let n = -warmUp; n < times; n++) {
      const at = (n + warmUp) % entries.length, entry = entries[at], turn = Math.floor((n + warmUp) / entries.length);
      const cell = entry.cells[turn % entry.cells.length];
      const rang = await peer.rings();
      await pause(restMs);
      // Another one each time, and never one that a province is made with: the same value again would need no new points.
      const { saved, visible } = await saveAndSee(browsers[at], entry, cell, `${turn + 1}.${String(at % 100).padStart(2, '0')}7`);
      if (n >= 0) { told.peer.push(rang); told.saved.push(saved); told.visible.push(visible); }
      await pause(restMs);
    }
  } finally { for (const browser of browsers) browser.close(); }
  return told;
}

/** The value below which a share of the list lies. */
export function quantile(list, share) {
  const inOrder = [...list].sort((a, b) => a - b);
  return inOrder[Math.min(inOrder.length - 1, Math.floor(inOrder.length * share))] ?? NaN;
}
