import type { Page } from 'playwright-core';
import { call } from '../pages/api.ts';
import { findTable } from '../pages/find-report.ts';
import type { Stage, Story } from '../story.ts';

/** A page as somebody meets it: `ready` stands there when it is drawn. `picture`: its name in docs/pictures, for the width it is shown in. */
interface Sight {
  readonly name: string;
  readonly path: string;
  readonly ready: string;
  readonly picture?: 'wide' | 'narrow' | 'both';
}

const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

/** No page is wider than its window, none keeps anybody out, none complains. */
async function look(stage: Stage, page: Page, login: string, sight: Sight, wide: boolean): Promise<void> {
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

/** Every page, at a desk and on a phone, for those who work there. */
export default {
  name: 'looks: every page at 1440 and 390 pixels, without a sideways scroll, open to everybody',
  async tell(stage) {
    const door = await stage.window(DESK.width, DESK.height);
    const smallDoor = await stage.window(PHONE.width, PHONE.height);
    for (const page of [door, smallDoor]) await look(stage, page, 'stranger', { name: 'sign-in', path: '/sign-in', ready: 'h1', picture: 'both' }, page === door);

    const reporter = await stage.signIn('kz-reporter');
    const report = async (project: string | null, quarter: number): Promise<string> => (await findTable(reporter, project)).reports.find((one) => one.ordinal === quarter)?.id ?? '';
    const unit = await findTable(reporter, null);
    const lines = await findTable(reporter, '线路租赁费');
    const year = await call<{ id: string }>(reporter, 'POST', '/self-evaluations', { tableId: (await findTable(reporter, '社会保险经办审计经费')).id });
    const [open, returned, signed] = [await report(null, 4), await report('线路租赁费', 4), await report('社会保险经办审计经费', 4)];
    const reporterSees: readonly Sight[] = [
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
    const phone = await stage.signIn('kz-reporter', PHONE.width, PHONE.height);
    for (const sight of reporterSees) {
      await look(stage, reporter, 'kz-reporter', sight, true);
      await look(stage, phone, 'kz-reporter', sight, false);
    }
    await phone.goto(`${stage.house.url}/work`);
    await phone.locator('.shell-menu').click();
    await phone.locator('.ant-drawer a').first().waitFor();
    await stage.checkAccess(phone);
    await stage.sight(phone, 'kz-reporter-drawer-phone');

    for (const [login, sights] of [
      ['mn-manager', [{ name: 'work-of-a-manager', path: '/work', ready: 'jh-work-card' }, { name: 'review', path: '', ready: 'jh-review-table', picture: 'both' }]],
      ['kz-finance', [{ name: 'work-of-finance', path: '/work', ready: 'h1' }, { name: 'tables-of-finance', path: '/tables', ready: 'tr[data-table]' }]],
      ['admin', [{ name: 'people', path: '/people', ready: 'table.people', picture: 'wide' }, { name: 'tables-of-all', path: '/tables', ready: 'tr[data-table]' }, { name: 'work-of-the-administrator', path: '/work', ready: 'h1' }]],
    ] as const satisfies readonly (readonly [string, readonly Sight[]])[]) {
      for (const size of [DESK, PHONE]) {
        const page = await stage.signIn(login, size.width, size.height);
        for (const sight of sights) {
          const path = sight.path === '' ? `/reports/${(await findTable(page, null)).reports.find((one) => one.ordinal === 4)?.id ?? ''}/review` : sight.path;
          await look(stage, page, login, { ...sight, path }, size === DESK);
        }
      }
    }
  },
} satisfies Story;
