import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { expectText } from '../expect.ts';

/** 单位自评: the year of one table as reporters write it and others pass it. */
export class EvaluationSheet {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  /** The total, large, with its rating. */
  total(): Locator {
    return this.page.locator('jh-total-card .total');
  }

  row(name: string): Locator {
    return this.page.locator('jh-evaluation-form tr[data-row]').filter({ has: this.page.locator('th.indicator', { hasText: name }) });
  }

  async open(name: string): Promise<Locator> {
    await this.row(name).getByRole('button', { name: `${name}：填写与详情` }).click();
    const editor = this.page.locator('jh-row-editor');
    await expectText(editor.locator('h3'), name);
    return editor;
  }

  async close(): Promise<void> {
    await this.page.locator('jh-row-editor > header').getByRole('button', { name: '收起' }).click();
  }

  chapter(id: string): Locator {
    return this.page.locator(`[data-chapter="${id}"]`);
  }

  async allSaved(): Promise<void> {
    await this.page.getByText('已全部保存').waitFor();
  }

  /** Asks for a file. */
  async ask(format: 'xlsx' | 'docx'): Promise<void> {
    await this.page.locator(`[data-make="${format}"]`).click();
  }

  /** Waits for the newest file of a format and reads it. */
  async download(format: 'xlsx' | 'docx'): Promise<{ readonly name: string; readonly bytes: Buffer }> {
    const line = this.page.locator(`li[data-format="${format}"]`).first();
    await line.and(this.page.locator('[data-artifact="READY"]')).waitFor();
    const [download] = await Promise.all([this.page.waitForEvent('download'), line.locator('a').click()]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  }

  async move(move: string, state: string, opinion: string | null = ''): Promise<void> {
    await this.page.locator(`jh-move-bar [data-move="${move}"]`).click();
    if (opinion !== null) {
      await this.page.locator('#jh-opinion').fill(opinion);
      await this.page.getByRole('button', { name: '确定 ·' }).click();
    }
    await expectText(this.page.locator('.jh-page-head'), state);
  }
}
