import type { Locator, Page } from 'playwright-core';
import type { Stage } from '../story.ts';

/** Drops a file on the import page and waits until it stands beside what was read of it. */
export async function bring(stage: Stage, page: Page, name: string, buffer: Buffer, mimeType = 'text/plain'): Promise<void> {
  await page.goto(`${stage.house.url}/import`);
  await page.locator('input[type="file"]').setInputFiles({ name, mimeType, buffer });
  await page.waitForURL(/\/import\/[0-9a-f-]{36}$/);
  await page.locator('jh-staged-grid tr[data-row]').first().waitFor();
}

/** One cell of what was read. */
export const stagedCell = (page: Page, row: string, column: string): Locator => page.locator(`jh-staged-grid tr[data-row="${row}"] > td[data-column="${column}"]`);

/** Opens the line that stands for the head, the tasks or the comparison. */
export async function openStrip(page: Page, part: 'jh-staged-head' | 'jh-staged-tasks' | 'jh-difference-panel'): Promise<void> {
  const line = page.locator(`${part} details`);
  await line.waitFor();
  if ((await line.getAttribute('open')) === null) await line.locator('summary').click();
  await line.locator('.inside').waitFor();
}

/** The document and its rows are seen at once: the first row stands whole in the window, before anybody scrolls. */
export async function expectRowsInSight(page: Page): Promise<void> {
  const bottom = await page.locator('jh-staged-grid tr[data-row]').first().evaluate((row) => Math.round(row.getBoundingClientRect().bottom));
  const tall = page.viewportSize()?.height ?? 0;
  if (bottom > tall || (await page.evaluate(() => window.scrollY)) !== 0) throw new Error(`the first row ends at ${bottom} px of a window of ${tall}`);
}

/** Nothing is on its way to the server any more; what the last key did has been drawn before the page is asked. */
export async function allSaved(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  await page.locator('[data-saved][data-unsaved="0"]').waitFor();
}

/** Opens the table of a project of a document that holds several. */
export async function openStaged(page: Page, project: string): Promise<void> {
  const which = page.locator('label.table select');
  await which.selectOption({ label: (await which.locator('option', { hasText: project }).textContent())?.trim() ?? '' });
  await page.waitForFunction((name) => document.querySelector<HTMLInputElement>('input[name="project"]')?.value === name, project);
}
