import { expectSame, expectText, expectValue } from '../expect.ts';
import { call } from '../pages/api.ts';
import { EntrySheet } from '../pages/entry-sheet.ts';
import { findTable, openQuarter } from '../pages/find-report.ts';
import type { Story } from '../story.ts';

interface People { readonly people: readonly { readonly id: string; readonly login: string; readonly displayName: string; readonly active: boolean; readonly roles: readonly { readonly role: string; readonly unitId: string }[] }[] }

/** Wherever somebody knocks at a wrong door, a plain sentence says so, and nothing is told that is not theirs. */
export default {
  name: 'wrong doors: strangers, neighbours, signers who recorded, periods that are over, pages that do not exist',
  house: { today: '2025-02-10' },
  async tell(stage) {
    // A stranger is led to sign in, and after a wrong password and the right one to the page that was asked for.
    const stranger = await stage.window();
    await stranger.goto(`${stage.house.url}/tables`);
    await stranger.waitForURL(/\/sign-in\?next=%2Ftables$/);
    await stage.sight(stranger, 'sign-in');
    await stage.checkAccess(stranger);
    await stranger.locator('input[name="login"]').fill('mn-reporter');
    await stranger.locator('input[name="password"]').fill('not-the-password');
    await stranger.locator('button[type="submit"]').click();
    await expectText(stranger.locator('jh-refusal'), '密码不正确');
    await stranger.locator('input[name="password"]').fill('jiheng-2024');
    await stranger.locator('button[type="submit"]').click();
    await stranger.waitForURL(/\/tables$/);
    const mine = stranger;

    // While nobody can say who is there, a reload says so at the page's own address and asks nobody for a password; once somebody can, the page is there again by itself.
    await mine.route('**/api/session', (route) => route.abort('internetdisconnected'));
    await mine.goto(`${stage.house.url}/tables?q=%E7%A4%BE%E4%BF%9D`);
    await expectText(mine.locator('jh-away-page'), '连接不上服务器');
    expectSame(new URL(mine.url()).pathname, '/tables', 'the address while the service is away');
    await stage.sight(mine, 'away');
    await stage.checkAccess(mine);
    await mine.unroute('**/api/session');
    await mine.locator('jh-target-tables-page').waitFor();
    expectSame(new URL(mine.url()).pathname, '/tables', 'the address once it is back');

    // The neighbour's report looks as if it did not exist; a page that never existed says so, too.
    const neighbour = await stage.signIn('kz-reporter');
    const table = await findTable(neighbour, null);
    const theirs = table.reports.find((one) => one.ordinal === 4)?.id ?? '';
    await mine.goto(`${stage.house.url}/reports/${theirs}/entry`);
    await expectText(mine.locator('jh-refusal'), '没有找到');
    await stage.sight(mine, 'not-found');
    await stage.checkAccess(mine);
    await mine.goto(`${stage.house.url}/no/such/page`);
    await expectText(mine.locator('jh-not-found-page'), '没有');
    await stage.checkAccess(mine);
    await mine.goto(`${stage.house.url}/people`);
    await mine.waitForURL(/\/work$/);

    // The fourth quarter was due on 31 January; on 10 February it can only be read, and says why, in either language.
    await neighbour.goto(`${stage.house.url}/reports/${theirs}/entry`);
    const sheet = new EntrySheet(neighbour);
    await expectText(neighbour.locator('jh-actual-entry-page'), '本期已截止，只能查看');
    expectSame(await sheet.cell('城乡居民养老保险参保人数达到').getAttribute('readonly'), '', 'a cell of a closed quarter');
    await expectValue(sheet.cell('失业保险参保人数达到'), '6.85万人');
    await neighbour.getByRole('button', { name: 'English' }).click();
    await expectText(neighbour.locator('jh-actual-entry-page'), 'This period is closed; the report can only be read.');
    await stage.picture(neighbour, 'entry-in-english');
    await stage.checkAccess(neighbour);
    await neighbour.reload();
    await expectText(neighbour.locator('jh-actual-entry-page'), 'This period is closed');
    await neighbour.getByRole('button', { name: '中文' }).click();
    await expectText(neighbour.locator('jh-actual-entry-page'), '本期已截止');

    // Who recorded the values may not sign them, whatever roles they hold.
    const admin = await stage.signIn('admin');
    const { people } = await call<People>(admin, 'GET', '/people');
    const recorder = people.find((person) => person.login === 'mn-reporter');
    if (recorder === undefined) throw new Error('no mn-reporter among the people');
    const held = recorder.roles.map(({ role, unitId }) => ({ role, unitId }));
    await call(admin, 'PUT', `/people/${recorder.id}`, { displayName: recorder.displayName, active: true, roles: [...held, { role: 'manager', unitId: held[0]?.unitId }] });
    const signer = await stage.signIn('mn-reporter');
    await openQuarter(signer, null, 4, 'review');
    await expectText(signer.locator('.jh-page-head'), '已审核');
    await signer.locator('jh-move-bar [data-move="sign"]').click();
    await signer.getByRole('button', { name: '确定 ·' }).click();
    await expectText(signer.getByRole('alert').filter({ hasText: /\S/ }), '签字');
    await stage.sight(signer, 'signer-refused');
    await expectText(signer.locator('.jh-page-head'), '已审核');
  },
} satisfies Story;
