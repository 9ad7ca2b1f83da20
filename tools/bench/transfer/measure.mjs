// Visits the built product as two first-time visitors and counts what arrives. Started by run.mjs.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { root } from '../../installed.mjs';
import { startProduct } from './start-product.mjs';
import { figuresOf, PARTS, tapWire } from './wire.mjs';

/** P16 in kB of 1,000 bytes, bodies only: what must hold, and what we aim for. */
const LIMITS = { signIn: { floor: 200, goal: 110 }, firstList: { floor: 240, goal: 200 } };
/** Long enough for everything a page asks for after its first sight. */
const SETTLE_MS = 1500;
const WAIT = { timeout: 30_000 };

const { password } = JSON.parse(readFileSync(join(root, 'apps/api/src/demonstration/accounts.json'), 'utf8'));

/** A visitor with an empty cache. */
async function visitor(browser) {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })).newPage();
  return { page, wire: await tapWire(page) };
}

async function signInAsReporter(page) {
  await page.locator('input[name="login"]').fill('kz-reporter');
  await page.locator('input[name="password"]').fill(password);
  await page.locator('button[type="submit"]').click();
}

async function standAtTheList(page) {
  await page.waitForURL(/\/tables$/, WAIT);
  await page.locator('a[href^="/tables/"]').first().waitFor(WAIT);
  await page.waitForTimeout(SETTLE_MS);
}

/** Asks for the list by its address, is sent to sign in, and comes back to it. */
async function straightToTheList(browser, url) {
  const { page, wire } = await visitor(browser);
  await page.goto(`${url}/tables`);
  await page.locator('input[name="login"]').waitFor(WAIT);
  await page.waitForTimeout(SETTLE_MS);
  if (new URL(page.url()).pathname !== '/sign-in') throw new Error(`a visitor without a session stands at ${page.url()}`);
  const signIn = figuresOf(wire.arrived());
  await signInAsReporter(page);
  await standAtTheList(page);
  return { signIn, firstList: figuresOf(wire.arrived()) };
}

/** The usual way: the page 待办 first, and the list from its menu. */
async function byWayOfWork(browser, url) {
  const { page, wire } = await visitor(browser);
  await page.goto(`${url}/sign-in`);
  await signInAsReporter(page);
  await page.waitForURL(/\/work$/, WAIT);
  await page.waitForTimeout(SETTLE_MS);
  await page.locator('a[href="/tables"]').first().click();
  await standAtTheList(page);
  return figuresOf(wire.arrived());
}

const product = await startProduct();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const version = browser.version();
let signIn, firstList, afterWork;
try {
  ({ signIn, firstList } = await straightToTheList(browser, product.url));
  afterWork = await byWayOfWork(browser, product.url);
} finally {
  await browser.close();
  await product.stop();
}

const kB = (bytes) => (bytes / 1000).toFixed(1);
const row = (name, figures, limits) => `| ${[name, `**${kB(figures.application)}**`, figures.files, ...figures.byType.map(kB), kB(figures.api), kB(figures.headers), limits ? `${limits.floor} / ${limits.goal}` : ''].join(' | ')} |`;
const table = [
  `| visit | application kB | files | ${PARTS.map((type) => type.toLowerCase()).join(' | ')} | API answers | headers | floor / goal |`,
  `|${' --- |'.repeat(PARTS.length + 6)}`,
  row('sign-in page', signIn, LIMITS.signIn),
  row('… and then the first list', firstList, LIMITS.firstList),
  row('the same by way of 待办 (work)', afterWork),
].join('\n');
const verdicts = [['sign-in page', signIn, LIMITS.signIn], ['first list', firstList, LIMITS.firstList]].map(([name, { application }, { floor, goal }]) => {
  const isHeld = application <= floor * 1000, isReached = application <= goal * 1000;
  return { isHeld, text: `${name}: ${kB(application)} kB; floor ${floor} kB ${isHeld ? 'holds' : 'BROKEN'}, goal ${goal} kB ${isReached ? 'reached' : `missed by ${kB(application - goal * 1000)} kB`}` };
});

console.log(`\nfirst transfer, brotli 11, Chromium ${version}, kB of 1,000 bytes, bodies as they came over the wire\n\n${table}\n`);
console.log(`the largest: ${firstList.largest.map(({ path, body }) => `${path.slice(1)} ${kB(body)}`).join(', ')}\n`);
for (const { text } of verdicts) console.log(text);
for (const one of afterWork.notBrotli) console.log(`NOT COMPRESSED: ${one.path} came as ${one.encoding}, ${kB(one.body)} kB`);
if (process.argv.includes('--write')) {
  const page = join(root, 'docs/bench/transfer.md');
  const [head = '', , tail = ''] = readFileSync(page, 'utf8').split(/<!-- (?:figures|end) -->\n/);
  writeFileSync(page, `${head}<!-- figures -->\n${table}\n\n${verdicts.map(({ text }) => `- ${text}`).join('\n')}\n<!-- end -->\n${tail}`);
}
process.exit(verdicts.every(({ isHeld }) => isHeld) && afterWork.notBrotli.length === 0 ? 0 : 1);
