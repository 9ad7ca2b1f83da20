// One cell after another: saved, scored by the product's own queue, and seen by the browser that saved it.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Browser } from './client.mjs';
import { saveBody } from './editable.mjs';
import { listenToPoints } from './listener.mjs';

/** How long a browser without a stream waits before it asks again. */
const ASK_AGAIN_MS = 1;
const GIVE_UP_MS = 10_000;

async function save(browser, entry, cell, magnitude) {
  const answer = await browser.ask('PUT', `/api/monitoring-reports/${entry.reportId}/actuals/${cell.indicatorId}`, saveBody(randomUUID(), cell, magnitude));
  if (answer.status !== 200) throw new Error(`the value was not taken: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/**
 * Saves a cell and listens until the points of the new value are told.
 * @returns milliseconds from sending the value: `saved` (its answer is there), `visible` (its points are there, parsed)
 */
export async function saveAndHear(browser, page, entry, cell, magnitude) {
  const wanted = cell.revision + 1;
  const begun = performance.now();
  const heard = new Promise((resolve, reject) => {
    const late = setTimeout(() => { reject(new Error(`no points after ${GIVE_UP_MS} ms: ${magnitude} in ${entry.reportId}`)); }, GIVE_UP_MS);
    // A row has points only while they are those of the value that stands there; a score computed before shows none.
    page.hear = ({ rows, score }) => {
      const row = rows.find((one) => one.indicatorId === cell.indicatorId);
      if (row.revision !== wanted || row.score === null || score.state !== 'DONE' || score.scoreId === entry.scoreId) return;
      entry.scoreId = score.scoreId;
      clearTimeout(late);
      resolve(performance.now() - begun);
    };
  });
  const saving = save(browser, entry, cell, magnitude).then((body) => { cell.revision = body.revision; return performance.now() - begun; });
  const [saved, visible] = await Promise.all([saving, heard]);
  return { saved, visible };
}

/** The same with a browser that has no stream: it asks for the whole report until its points are those of the new value. */
export async function saveAndAsk(browser, entry, cell, magnitude) {
  const begun = performance.now();
  const { revision } = await save(browser, entry, cell, magnitude);
  const saved = performance.now() - begun;
  cell.revision = revision;
  for (;;) {
    const { status, body } = await browser.ask('GET', `/api/monitoring-reports/${entry.reportId}`);
    const visible = performance.now() - begun;
    if (status !== 200) throw new Error(`the report was not answered: ${status}`);
    const row = body.rows.find((one) => one.indicator.id === cell.indicatorId);
    if (row.current.revision === cell.revision && row.score !== null && body.score.state === 'DONE' && body.score.scoreId !== entry.scoreId) {
      entry.scoreId = body.score.scoreId;
      return { saved, visible };
    }
    if (visible > GIVE_UP_MS) throw new Error(`no points after ${GIVE_UP_MS} ms: ${JSON.stringify({ score: body.score, before: entry.scoreId, sent: magnitude, row })}`);
    await pause(ASK_AGAIN_MS);
  }
}

/**
 * `times` cells in turn over all entries, with a rest between, each beside one job of the peer; as many again (`asked`) by a browser without a stream.
 * Answers lists of milliseconds: `peer`, `saved`, `visible`, `askedVisible`.
 */
export async function measure({ url, entries, times, asked, peer, restMs = 30, warmUp = 20 }) {
  const browsers = entries.map((entry) => new Browser(url, entry.session)), pages = entries.map(() => ({ hear: () => {} })), streams = [];
  const told = { saved: [], visible: [], peer: [], askedVisible: [] };
  // Another value each time, and never one that a province is made with: the same again would need no new points.
  const turnOf = (n) => ({ at: n % entries.length, turn: Math.floor(n / entries.length), magnitude: `${Math.floor(n / entries.length) + 1}.${String(n % entries.length % 100).padStart(2, '0')}7` });
  const cellOf = (entry, turn) => entry.cells[turn % entry.cells.length];
  try {
    for (const [at, entry] of entries.entries()) streams.push(await listenToPoints(url, entry.session, entry.reportId, (points) => pages[at].hear(points)));
    for (let n = 0; n < warmUp + times; n++) {
      const { at, turn, magnitude } = turnOf(n), entry = entries[at];
      const rang = await peer.rings();
      await pause(restMs);
      const { saved, visible } = await saveAndHear(browsers[at], pages[at], entry, cellOf(entry, turn), magnitude);
      if (n >= warmUp) { told.peer.push(rang); told.saved.push(saved); told.visible.push(visible); }
      await pause(restMs);
    }
    for (const stream of streams.splice(0)) stream.close();
    for (let n = warmUp + times; n < warmUp + times + asked; n++) {
      const { at, turn, magnitude } = turnOf(n), entry = entries[at];
      told.askedVisible.push((await saveAndAsk(browsers[at], entry, cellOf(entry, turn), magnitude)).visible);
      await pause(restMs);
    }
  } finally {
    for (const stream of streams) stream.close();
    for (const browser of browsers) browser.close();
  }
  return told;
}

/** The value below which a share of the list lies. */
export function quantile(list, share) {
  const inOrder = [...list].sort((a, b) => a - b);
  return inOrder[Math.min(inOrder.length - 1, Math.floor(inOrder.length * share))] ?? NaN;
}
