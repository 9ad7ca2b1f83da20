import type { Locator, Page } from 'playwright-core';
import { expectText } from '../expect.ts';

const WITHOUT_OPINION = ['submit', 'withdraw', 'unreview', 'adjust'];

/** 审核与签字: one monitoring report as reviewers and managers see it. */
export class ReviewSheet {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  row(name: string): Locator {
    return this.page.locator('jh-review-table tr[data-row]').filter({ has: this.page.locator('th.indicator', { hasText: name }) });
  }

  history(): Locator {
    return this.page.locator('jh-history');
  }

  /** Makes a move, with an opinion where one is asked for or given, and waits for the state it leads to. */
  async move(move: string, state: string, opinion = ''): Promise<void> {
    await this.page.locator(`jh-move-bar [data-move="${move}"]`).click();
    if (!WITHOUT_OPINION.includes(move)) {
      await this.page.locator('#jh-opinion').fill(opinion);
      await this.page.getByRole('button', { name: '确定 ·' }).click();
    }
    await expectText(this.page.locator('.jh-page-head'), state);
  }
}
