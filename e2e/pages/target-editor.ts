import type { Locator, Page } from 'playwright-core';
import { expectText } from '../expect.ts';

export type TargetCell = 'level1' | 'level2' | 'name' | 'target' | 'basis' | 'previousActual' | 'weight' | 'rule' | 'evidence';

/** 编制绩效目标表: a draft of a target table under the pen. */
export class TargetEditor {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  rows(): Locator {
    return this.page.locator('jh-target-rows tbody[data-row]');
  }

  /** A cell by the place of its row, from 0; negative counts from the end. */
  cell(row: number, cell: TargetCell): Locator {
    return this.rows().nth(row).locator(`[data-cell="${cell}"]`);
  }

  /** Types into a cell and leaves it. */
  async write(row: number, cells: Partial<Record<TargetCell, string>>): Promise<void> {
    for (const [name, text] of Object.entries(cells)) {
      const cell = this.cell(row, name as TargetCell);
      if ((await cell.evaluate((element) => element.tagName)) === 'SELECT') await cell.selectOption(text);
      else await cell.fill(text);
      await cell.blur();
    }
  }

  /** Saves and waits until the server has it. */
  async save(): Promise<void> {
    await this.page.getByRole('button', { name: '保存', exact: true }).click();
    await expectText(this.page.locator('jh-table-editor-page .bar .state'), '已保存');
  }

  /** Says that the page may be left, or not, when it asks. */
  answerWhenAsked(leave: boolean): void {
    this.page.once('dialog', (dialog) => void (leave ? dialog.accept() : dialog.dismiss()));
  }
}

/** One target table as everybody reads it. */
export class TargetTablePage {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  /** Makes a move, with an opinion where one is asked for, and waits for the state it leads to. */
  async move(move: string, state: string, opinion = ''): Promise<void> {
    await this.page.locator(`jh-move-bar [data-move="${move}"]`).click();
    if (move !== 'submit' && move !== 'withdraw') {
      await this.page.locator('#jh-opinion').fill(opinion);
      await this.page.getByRole('button', { name: '确定 ·' }).click();
    }
    await expectText(this.page.locator('.jh-page-head'), state);
  }
}
