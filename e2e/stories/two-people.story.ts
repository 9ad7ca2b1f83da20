import { expectText, expectValue } from '../expect.ts';
import { EntrySheet } from '../pages/entry-sheet.ts';
import { openQuarter } from '../pages/find-report.ts';
import type { Story } from '../story.ts';

const ENTERPRISES = '企业基本养老保险参保职工人数达到';
const INJURY = '工伤保险参保人数达到';
const RESIDENTS = '城乡居民养老保险参保人数达到';
const UNEMPLOYMENT = '失业保险参保人数达到';

/** Two windows on one cell: the second hears of the first and chooses; a broken line and a closed window lose nothing that was typed. */
export default {
  name: 'two people: the same cell in two windows, a broken line, and nothing typed is lost',
  async tell(stage) {
    const [first, second] = [await stage.signIn('kz-reporter'), await stage.signIn('kz-reporter')];
    const [mine, hers] = [new EntrySheet(first), new EntrySheet(second)];
    for (const page of [first, second]) await openQuarter(page, null, 4, 'entry');
    await expectValue(hers.cell(ENTERPRISES), '');

    // The first is quicker. The second sees both values and keeps her own. Her line is broken while she types: a page that is told in time
    // shows what the first wrote in the cell she has not touched yet, and then there is nothing to choose.
    const apart = async (row: string, quicker: string, later: string): Promise<void> => {
      await second.context().setOffline(true);
      await hers.enter(row, later);
      await hers.expectState(row, 'offline');
      await mine.enter(row, quicker);
      await mine.expectState(row, 'saved');
      await second.context().setOffline(false);
      await hers.expectState(row, 'conflict');
    };
    await apart(ENTERPRISES, '6.44', '6.50');
    const clash = hers.row(ENTERPRISES).getByRole('alert');
    await expectText(clash, '已把这一格改为“6.44万人”，您填的是“6.50万人”');
    await expectValue(hers.cell(ENTERPRISES), '6.50万人');
    await stage.picture(second, 'entry-conflict');
    await stage.checkAccess(second);
    await clash.getByRole('button', { name: '保留我的' }).click();
    await hers.expectState(ENTERPRISES, 'saved');

    // Once more, and this time theirs stands.
    await apart(INJURY, '9.99', '10.2');
    await hers.row(INJURY).getByRole('button', { name: '采用对方的 9.99万人' }).click();
    await expectValue(hers.cell(INJURY), '9.99万人');
    await hers.expectState(INJURY, 'saved');
    // The first window learns of hers by itself, because it left that cell untouched since.
    await expectValue(mine.cell(ENTERPRISES), '6.50万人');

    // The line breaks: what is typed stays on the screen and on this computer, and goes out when the line is back.
    await second.context().setOffline(true);
    await hers.enter(RESIDENTS, '26.4');
    await hers.expectState(RESIDENTS, 'offline');
    await expectText(second.locator('jh-submit-bar .saving'), '1 处尚未保存');
    await stage.sight(second, 'entry-offline', hers.row(RESIDENTS));
    await second.context().setOffline(false);
    await hers.expectState(RESIDENTS, 'saved');

    // The window dies while the line is broken: the next one brings the draft back and saves it.
    await second.context().setOffline(true);
    await hers.enter(UNEMPLOYMENT, '6.91');
    await hers.expectState(UNEMPLOYMENT, 'offline');
    const address = second.url();
    const third = await second.context().newPage();
    // It really dies: a window that is closed is let on line again for its last moments, and saves what it has.
    await Promise.all([second.waitForEvent('crash'), second.goto('chrome://crash').catch(() => undefined)]);
    await second.close();
    await third.context().setOffline(false);
    await third.goto(address);
    const again = new EntrySheet(third);
    await expectText(third.locator('jh-actual-entry-page'), '已恢复 1 处上次没有保存的填报');
    await expectValue(again.cell(UNEMPLOYMENT), '6.91万人');
    await again.expectState(UNEMPLOYMENT, 'saved');
  },
} satisfies Story;
