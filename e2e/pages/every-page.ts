import type { Page } from 'playwright-core';
import { call } from './api.ts';
import { findTable } from './find-report.ts';
import type { Stage } from '../story.ts';

/** A page as somebody meets it: `ready` stands there when it is drawn. `picture`: its name in docs/pictures, for the width it is shown in. */
interface Sight {
  readonly name: string;
  readonly path: string;
  readonly ready: string;
  readonly picture?: 'wide' | 'narrow' | 'both';
}

/** A window of this width is a desk; a narrower one is a phone. */
const DESK_WIDTH = 1440;

/** No page is wider than its window, none keeps anybody out, none complains. */
async function look(stage: Stage, page: Page, login: string, sight: Sight): Promise<void> {
  const wide = (page.viewportSize()?.width ?? 0) >= DESK_WIDTH;
  await page.goto(`${stage.house.url}${sight.path}`);
  await page.locator(sight.ready).first().waitFor();
  await page.locator('.jh-skeleton').waitFor({ state: 'detached' });
  const size = await page.evaluate(() => ({ has: document.scrollingElement?.scrollWidth ?? 0, may: window.innerWidth }));
  if (size.has > size.may) stage.complaints.push(`${login} ${sight.path}: ${size.has} px wide in a window of ${size.may}`);
  await stage.checkAccess(page);
  const name = wide ? sight.name : `${sight.name}-phone`;
  if (sight.picture === 'both' || sight.picture === (wide ? 'wide' : 'narrow')) await stage.picture(page, name);
  else await stage.sight(page, `${login}-${name}`);
}

/** Everybody's pages in a window of this size. */
export async function lookAtEverything(stage: Stage, width: number, height: number): Promise<void> {
  await look(stage, await stage.window(width, height), 'stranger', { name: 'sign-in', path: '/sign-in', ready: 'h1', picture: 'both' });

  const reporter = await stage.signIn('kz-reporter', width, height);
  const report = async (project: string | null): Promise<string> => (await findTable(reporter, project)).reports.find((one) => one.ordinal === 4)?.id ?? '';
  const [unit, lines, audit] = [await findTable(reporter, null), await findTable(reporter, '线路租赁费'), await findTable(reporter, '社会保险经办审计经费')];
  const year = await call<{ id: string }>(reporter, 'POST', '/self-evaluations', { tableId: audit.id });
  const [open, returned, signed] = [await report(null), await report('线路租赁费'), await report('社会保险经办审计经费')];
  const sights: readonly Sight[] = [
    { name: 'my-work', path: '/work', ready: 'jh-work-card', picture: 'both' },
    { name: 'tables', path: '/tables', ready: 'tr[data-table]', picture: 'both' },
    { name: 'table', path: `/tables/${unit.id}`, ready: 'section.paper', picture: 'both' },
    { name: 'table-of-a-project', path: `/tables/${lines.id}`, ready: 'section.paper' },
    { name: 'entry', path: `/reports/${open}/entry`, ready: 'tr[data-row]', picture: 'both' },
    { name: 'entry-returned', path: `/reports/${returned}/entry`, ready: 'tr[data-row]' },
    { name: 'entry-signed', path: `/reports/${signed}/entry`, ready: 'tr[data-row]' },
    { name: 'review-signed', path: `/reports/${signed}/review`, ready: 'jh-review-table' },
    { name: 'self-evaluation', path: `/self-evaluations/${year.id}`, ready: 'jh-evaluation-form', picture: 'both' },
    { name: 'import', path: '/import', ready: 'h1' },
    { name: 'sources', path: '/sources', ready: 'section.jh-card', picture: 'wide' },
    { name: 'jobs', path: '/jobs', ready: 'ul.jobs', picture: 'wide' },
    { name: 'self-check', path: '/self-check', ready: '[data-self-check][data-passed]', picture: 'wide' },
    { name: 'password', path: '/password', ready: 'form' },
    { name: 'no-such-page', path: '/no-such-page', ready: 'jh-not-found-page' },
  ];
  for (const sight of sights) await look(stage, reporter, 'kz-reporter', sight);

  const manager = await stage.signIn('mn-manager', width, height);
  await look(stage, manager, 'mn-manager', { name: 'work', path: '/work', ready: 'jh-work-card' });
  const toSign = (await findTable(manager, null)).reports.find((one) => one.ordinal === 4)?.id ?? '';
  await look(stage, manager, 'mn-manager', { name: 'review', path: `/reports/${toSign}/review`, ready: 'jh-review-table', picture: 'both' });
  const finance = await stage.signIn('kz-finance', width, height);
  await look(stage, finance, 'kz-finance', { name: 'tables', path: '/tables', ready: 'tr[data-table]' });
  await look(stage, finance, 'kz-finance', { name: 'roll-up', path: '/roll-up', ready: 'jh-roll-up-cards' });
  const admin = await stage.signIn('admin', width, height);
  await look(stage, admin, 'admin', { name: 'people', path: '/people', ready: 'table.people', picture: 'wide' });
  await look(stage, admin, 'admin', { name: 'tables', path: '/tables', ready: 'tr[data-table]' });
}
