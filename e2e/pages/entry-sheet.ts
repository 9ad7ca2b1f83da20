import type { Locator, Page } from 'playwright-core';
import { expectText } from '../expect.ts';

/** 季度填报: one monitoring report as a reporter works in it. Rows are named as the form names them. */
export class EntrySheet {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  row(name: string): Locator {
    return this.page.locator('tr[data-row]').filter({ has: this.page.locator('th[scope="row"]', { hasText: name }) });
  }

  /** The cell of 本季实际完成值. */
  cell(name: string): Locator {
    return this.row(name).locator('input[data-cell="actual"]');
  }

  /** What stands under the cell: how it is understood, why it is doubted or refused. */
  word(name: string): Locator {
    return this.row(name).locator('jh-quantity-input');
  }

  points(name: string): Locator {
    return this.row(name).locator('td.points b');
  }

  /** Replaces the cell by the keyboard and leaves it with Enter. */
  async enter(name: string, text: string): Promise<void> {
    await this.type(name, text);
    await this.page.keyboard.press('Enter');
  }

  /** Replaces the cell by the keyboard and stays in it. */
  async type(name: string, text: string): Promise<void> {
    await this.cell(name).focus();
    await this.page.keyboard.insertText(text);
  }

  /** Lays a block from a spreadsheet over the cells from this one on. */
  async paste(name: string, block: string): Promise<void> {
    await this.cell(name).focus();
    await this.cell(name).evaluate((cell, text) => {
      const data = new DataTransfer();
      data.setData('text/plain', text);
      cell.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }, block);
  }

  /** Drops a file from the desktop onto a row. */
  async drop(name: string, file: { readonly name: string; readonly type: string; readonly bytes: Buffer }): Promise<void> {
    await this.row(name).evaluate((row, { fileName, type, base64 }) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))], fileName, { type }));
      for (const event of ['dragover', 'drop']) row.dispatchEvent(new DragEvent(event, { dataTransfer: data, bubbles: true, cancelable: true }));
    }, { fileName: file.name, type: file.type, base64: file.bytes.toString('base64') });
  }

  async expectState(name: string, state: string): Promise<void> {
    await this.inState(name, state).waitFor();
  }

  private inState(name: string, state: string): Locator {
    return this.page.locator(`tr[data-row][data-state="${state}"]`).filter({ has: this.page.locator('th[scope="row"]', { hasText: name }) });
  }

  /** Takes the candidate beside a cell. One that is replaced by a newer one in that moment is refused, and the newer one is taken, as a person would. */
  async takeCandidate(name: string): Promise<void> {
    const take = this.row(name).getByRole('button', { name: '采用', exact: true });
    for (let tries = 1; tries <= 3; tries++) {
      if (await take.isVisible()) await take.click();
      if (await this.inState(name, 'saved').waitFor({ timeout: 20_000 }).then(() => true, () => false)) return;
    }
    throw new Error(`the candidate of ${name} was not taken: ${await this.row(name).innerText()}`);
  }

  /** Opens what lies behind a row. */
  async open(name: string): Promise<Locator> {
    await this.row(name).getByRole('button', { name: `${name} 的详情` }).click();
    const detail = this.page.locator('jh-row-detail');
    await detail.waitFor();
    return detail;
  }

  /** Writes why a row deviates, with its causes and measures, where the row opens. */
  async explain(name: string, sentence: string, measures: string, cause = '其他'): Promise<void> {
    const detail = await this.open(name);
    await detail.getByLabel(cause, { exact: true }).check();
    await detail.getByLabel('原因说明').fill(sentence);
    await detail.getByLabel('改进措施').fill(measures);
    await detail.getByLabel('有可能').check();
    await detail.getByLabel('改进措施').blur();
    await detail.getByRole('button', { name: '收起' }).click();
    await detail.waitFor({ state: 'detached' });
  }

  money(part: string, column: string): Locator {
    return this.page.getByLabel(`${part}，${column}，万元`);
  }

  async allSaved(): Promise<void> {
    await this.page.getByText('全部已保存').waitFor();
  }

  async submit(): Promise<void> {
    await this.page.locator('jh-submit-bar [data-move="submit"]').click();
    // Evidence that is owed is told once more, and does not stand in the way.
    const anyway = this.page.locator('jh-submit-bar [data-move="submit-anyway"]');
    await anyway.or(this.page.locator('.jh-page-head', { hasText: '已送审' })).first().waitFor();
    if (await anyway.isVisible()) await anyway.click();
    await expectText(this.page.locator('.jh-page-head'), '已送审');
  }
}
