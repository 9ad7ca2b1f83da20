import type { PerformanceTargetTable } from '../target-table/performance-target-table';
import type { Finding } from './finding';
import { aFinding } from './findings';

const PAIRS: readonly (readonly [string, string])[] = [['“', '”'], ['‘', '’'], ['《', '》'], ['「', '」'], ['【', '】'], ['（(', '）)']];
const HTML = /<\/?[a-zA-Z][^<>]{0,200}>|&(?:nbsp|lt|gt|amp|ldquo|rdquo|#\d{1,6});/u;
const PLACEHOLDER = /[（(【[]?\s*(?:不超过|限)?\d{2,4}\s*字(?:以内|左右)\s*[）)】\]]?|请(?:在此)?(?:填写|输入)[^，。]{0,12}|[×xX＊*]{3,}|此处填写|样例|示例文字/u;
const SNIPPET = 30;

/** Q-X4 quotes and brackets pair, no web page code and no placeholder of the form remains in goal, names and targets. */
export function checkWording(table: PerformanceTargetTable): readonly Finding[] {
  return [
    ...checkText(table.goalText, table.subject === 'UNIT' ? '年度绩效目标' : '项目总体目标', null),
    ...table.indicators.flatMap((indicator, row) => [
      ...checkText(indicator.name, indicator.name, row),
      ...(indicator.target.text === null ? [] : checkText(indicator.target.text, `${indicator.name}·指标值`, row)),
    ]),
  ];
}

function checkText(text: string, where: string, row: number | null): Finding[] {
  const findings: Finding[] = [];
  const html = HTML.exec(text);
  if (html !== null) findings.push(aFinding('Q-X4-html', 'WARN', { where }, { row, found: html[0] }));
  const placeholder = PLACEHOLDER.exec(text);
  if (placeholder !== null) findings.push(aFinding('Q-X4-placeholder', 'WARN', { where }, { row, found: placeholder[0] }));
  const unpaired = unpairedIn(text);
  if (unpaired !== null) findings.push(aFinding('Q-X4', 'WARN', { where }, { row, found: unpaired }));
  return findings;
}

/** The text round the first mark that has no partner; null when all pair. */
function unpairedIn(text: string): string | null {
  const letters = [...text];
  for (const [opening, closing] of PAIRS) {
    const open: number[] = [];
    for (const [at, letter] of letters.entries()) {
      if (opening.includes(letter)) open.push(at);
      else if (closing.includes(letter) && open.pop() === undefined) return round(letters, at);
    }
    const left = open.at(-1);
    if (left !== undefined) return round(letters, left);
  }
  const straight = letters.flatMap((letter, at) => (letter === '"' ? [at] : []));
  const last = straight.at(-1);
  return straight.length % 2 === 1 && last !== undefined ? round(letters, last) : null;
}

function round(letters: readonly string[], at: number): string {
  return letters.slice(Math.max(0, at - SNIPPET / 2), at + SNIPPET / 2).join('');
}
