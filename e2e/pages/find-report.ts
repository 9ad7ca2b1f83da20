import type { Page } from 'playwright-core';

interface Summary {
  readonly id: string;
  readonly project: string | null;
  readonly unitName: string;
  readonly reports: readonly { readonly id: string; readonly ordinal: number; readonly state: string }[];
  readonly selfEvaluation: { readonly id: string } | null;
}

/** The table of a project (null: of the whole unit) as the signed-in person sees it. */
export async function findTable(page: Page, project: string | null): Promise<Summary> {
  const { tables } = (await page.evaluate(() => fetch('/api/target-tables?fiscalYear=2024').then((answer) => answer.json()))) as { tables: Summary[] };
  const found = tables.find((table) => table.project === project);
  if (found === undefined) throw new Error(`no table of ${project ?? '单位整体'} among ${tables.map((table) => table.project).join('、')}`);
  return found;
}

/** Opens a quarter of a project on the page for entry or for review. */
export async function openQuarter(page: Page, project: string | null, quarter: number, view: 'entry' | 'review'): Promise<string> {
  const table = await findTable(page, project);
  const report = table.reports.find((one) => one.ordinal === quarter);
  if (report === undefined) throw new Error(`quarter ${quarter} of ${project ?? '单位整体'} is not open`);
  await page.goto(new URL(`/reports/${report.id}/${view}`, page.url()).href);
  return report.id;
}
