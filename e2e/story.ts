import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type Locator, type Page, chromium } from 'playwright-core';
import { Ground, type House, type HouseOptions, root } from './house.ts';

/** One person's day, told in a real browser. */
export interface Story {
  readonly name: string;
  readonly house?: HouseOptions;
  tell(stage: Stage): Promise<void>;
}

const accounts = JSON.parse(readFileSync(join(root, 'apps/api/src/demonstration/accounts.json'), 'utf8')) as { password: string; accounts: { login: string; title: string }[] };
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What a story stands on: a house, a browser, and people who sign in. */
export class Stage {
  readonly complaints: string[] = [];
  private readonly contexts: BrowserContext[] = [];
  readonly house: House;
  private readonly browser: Browser;
  private readonly story: string;
  constructor(house: House, browser: Browser, story: string) {
    this.house = house;
    this.browser = browser;
    this.story = story;
  }

  /** A fresh browser window of a given width; console errors and failed requests are collected as complaints. */
  async window(width = 1440, height = 900): Promise<Page> {
    const context = await this.browser.newContext({ viewport: { width, height }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', acceptDownloads: true });
    this.contexts.push(context);
    const page = await context.newPage();
    // Three times what a busy machine of two cores was seen to need for reading a document.
    page.setDefaultTimeout(60_000);
    page.on('console', (message) => { if (message.type() === 'error' && !/status of 4\d\d|ERR_INTERNET_DISCONNECTED/.test(message.text())) this.complaints.push(`${page.url()}: ${message.text()}`); });
    page.on('pageerror', (error) => this.complaints.push(`${page.url()}: ${error.message}`));
    page.on('response', (response) => { if (response.status() >= 500) this.complaints.push(`${response.status()} ${response.url()}`); });
    return page;
  }

  /** Signs a demonstration person in and waits for the page 待办. */
  async signIn(login: string, width = 1440, height = 900): Promise<Page> {
    const page = await this.window(width, height);
    await page.goto(`${this.house.url}/sign-in`);
    await page.locator('input[name="login"]').fill(login);
    await page.locator('input[name="password"]').fill(accounts.password);
    await page.locator('button[type="submit"]').click();
    await page.waitForURL(/\/work$/);
    return page;
  }

  /** What a person sees now, for whoever looks the run over; `about` is brought into the middle first. */
  async sight(page: Page, name: string, about?: Locator): Promise<void> {
    await this.keep(page, join(root, 'e2e/output'), name, about);
  }

  /** A picture of the documentation; drawn anew with JIHENG_PICTURES=1. */
  async picture(page: Page, name: string, about?: Locator): Promise<void> {
    await this.keep(page, join(root, process.env['JIHENG_PICTURES'] === '1' ? 'docs/pictures' : 'e2e/output'), name, about);
  }

  private async keep(page: Page, folder: string, name: string, about: Locator | undefined): Promise<void> {
    mkdirSync(folder, { recursive: true });
    await about?.first().evaluate((element) => { element.scrollIntoView({ block: 'center' }); });
    await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  }

  /** WCAG A/AA by axe: serious and critical findings are complaints. */
  async checkAccess(page: Page): Promise<void> {
    const found = (await page.evaluate(`${axeSource};axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }).then((r) => r.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).join(' | ')))`)) as string[];
    for (const one of found) this.complaints.push(`${page.url()} axe ${one}`);
  }

  /** What everybody saw last, for the reader of a failed run: a picture, and in words for whoever has only the log. */
  async keepLastSight(): Promise<void> {
    mkdirSync(join(root, 'e2e/output'), { recursive: true });
    const slug = this.story.replaceAll(/[^a-z0-9]+/giu, '-').slice(0, 40);
    for (const [at, context] of this.contexts.entries()) {
      for (const page of context.pages()) {
        await page.screenshot({ path: join(root, 'e2e/output', `failed-${slug}-${at + 1}.png`), fullPage: true });
        console.log(`    window ${at + 1}: ${await page.evaluate(lastWords)}`);
      }
    }
    for (const complaint of this.complaints) console.log(`    ${complaint}`);
  }

  /** Closes the windows; a story with complaints has failed. */
  async close(): Promise<void> {
    for (const context of this.contexts) await context.close();
    if (this.complaints.length) throw new Error(`${this.story}:\n  ${this.complaints.join('\n  ')}`);
  }
}

/** Told in the page: where it is, what has the focus, and every notice that is shown. */
function lastWords(): string {
  const said = [...document.querySelectorAll('[role="alert"], [role="status"], .jh-notice')].map((one) => one.textContent.replaceAll(/\s+/gu, ' ').trim()).filter((text) => text !== '');
  return [location.pathname, `focus: ${(document.activeElement?.outerHTML ?? '').slice(0, 200)}`, ...said].join(' | ');
}

/** As many stories are told at once: most of a story is waiting for pages and pauses. */
const AT_ONCE = Number(process.env['JIHENG_STORIES_AT_ONCE'] ?? '2');
const CHROMIUM_FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--font-render-hinting=none',
];

/** Tells stories, each in a house of its own. Prints `  ok name` or `  FAILED name`. Returns the number of failures. */
export async function tellAll(stories: readonly Story[]): Promise<number> {
  const ground = await Ground.open();
  let failures = 0;
  const waiting = [...stories];
  const teller = async (): Promise<void> => {
    for (let story = waiting.shift(); story !== undefined; story = waiting.shift()) {
      // A browser of its own: one that dies takes one story with it.
      const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: CHROMIUM_FLAGS });
      if (!(await tellOne(story, ground, browser))) failures++;
      await browser.close();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, teller));
  await ground.close();
  return failures;
}

async function tellOne(story: Story, ground: Ground, browser: Browser): Promise<boolean> {
  const startedAt = Date.now();
  let house: House | undefined;
  let stage: Stage | undefined;
  try {
    house = await ground.build(story.house);
    stage = new Stage(house, browser, story.name);
    await story.tell(stage);
    await stage.close();
    console.log(`  ok ${story.name} (${Math.round((Date.now() - startedAt) / 1000)} s)`);
    return true;
  } catch (error) {
    console.log(`  FAILED ${story.name}\n${error instanceof Error ? error.stack : String(error)}`);
    await stage?.keepLastSight().catch(() => undefined);
    await stage?.close().catch(() => undefined);
    return false;
  } finally {
    await house?.stop().catch((error: unknown) => { console.error(error); });
  }
}
