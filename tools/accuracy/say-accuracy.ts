import type { Judged } from './measure';
import { byField, groupBy, meanConfidence, sayShare, shareOf } from './tally';

/** Rows and columns as a table of Markdown; the first column to the left, the others to the right. */
function markdown(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [head, head.map((_, at) => (at === 0 ? '---' : '---:')), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const hundredths = (mean: number | null): string => (mean === null ? '—' : `0.${String(Math.floor(mean)).padStart(2, '0')}`.replace('0.100', '1.00'));

/** Accuracy by field, with what the reading itself thought of its right and wrong cells. */
export function sayFields(judged: readonly Judged[]): string {
  const rows = [...byField(judged)].filter(([, all]) => all.length > 0).map(([field, all]) => {
    const share = shareOf(all);
    const wrong = all.filter(({ isRight }) => !isRight);
    return [field, share.all, share.all - share.right, sayShare(share), hundredths(meanConfidence(all.filter(({ isRight }) => isRight))), hundredths(meanConfidence(wrong))];
  });
  const whole = shareOf(judged);
  return markdown(['field', 'compared', 'wrong', 'right', 'mean confidence of right', 'of wrong'], [...rows, ['**all**', whole.all, whole.all - whole.right, `**${sayShare(whole)}**`, hundredths(meanConfidence(judged.filter(({ isRight }) => isRight))), hundredths(meanConfidence(judged.filter(({ isRight }) => !isRight)))]]);
}

/** Accuracy by layout or form, all fields together, and the fields that are worst there. */
export function sayGroups(judged: readonly Judged[], title: string, key: (one: Judged) => string, documents?: ReadonlyMap<string, number>): string {
  const rows = [...groupBy(judged, key)].map(([name, all]) => {
    const share = shareOf(all);
    const tables = shareOf(all.filter(({ field }) => field === 'table'));
    const lines = shareOf(all.filter(({ field }) => field === 'row'));
    const worst = [...byField(all)].map(([field, own]) => ({ field, wrong: own.filter(({ isRight }) => !isRight).length })).filter(({ wrong }) => wrong > 0).sort((a, b) => b.wrong - a.wrong).slice(0, 3);
    return [name, ...(documents === undefined ? [] : [documents.get(name) ?? 0]), tables.all, lines.all, sayShare(lines), share.all - share.right, sayShare(share), worst.map(({ field, wrong }) => `${field} ${wrong}`).join(', ')];
  });
  return markdown([title, ...(documents === undefined ? [] : ['documents']), 'tables', 'rows', 'rows found', 'cells wrong', 'cells right', 'most often wrong'], rows);
}

/**
 * Confidence band → share right. What is said with 0.95 and more must be right in 99 of 100 cells: whoever looks at the others only must not miss much.
 */
export function sayConfidence(judged: readonly Judged[]): string {
  const told = judged.filter(({ confidence }) => confidence !== null);
  const bands: readonly (readonly [string, number, number])[] = [['1.00', 100, 100], ['0.95–0.99', 95, 99], ['0.90–0.94', 90, 94], ['0.70–0.89', 70, 89], ['below 0.70', 0, 69], ['**0.95 and above**', 95, 100]];
  const rows = bands.map(([name, from, to]) => {
    const own = told.filter(({ confidence }) => confidence !== null && confidence >= from && confidence <= to);
    const share = shareOf(own);
    return [name, share.all, share.all - share.right, sayShare(share)];
  });
  return markdown(['confidence of the cell', 'cells', 'wrong', 'right'], rows);
}
