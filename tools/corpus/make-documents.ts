import { csvBytes, type PdfPage, type PdfTableLayout, printGrid, writeOfd, writePdf } from '@jiheng/documents/fixtures';
import { Chance } from './chance';
import { spreadsheet, wordDocument } from './containers/office-files';
import { markdownPage, webPage } from './containers/page-files';
import { runningText } from './containers/running-text';
import { tabText } from './containers/tab-text';
import type { TrueRow, TrueTable } from './content';
import { type CorpusForm, FORMS } from './forms';
import { type FilledForm, type FillingHabits, layOut } from './lay-out';
import { makeTable, makeUnit } from './make-table';
import { type CharacterNoise, noisyGrid } from './noise';
import { aHand, type Hand } from './spell-target';

/** A table in a document: what it says, and the form it is printed in. */
export interface CorpusTable {
  readonly form: CorpusForm;
  readonly table: TrueTable;
  /** What the name cell says of the units: 元 or 万元 in the head. */
  readonly moneyUnit: '万元' | '元';
}

/** One document of the corpus with its truth. */
export interface CorpusDocument {
  readonly file: string;
  readonly layout: string;
  readonly bytes: Uint8Array;
  readonly tables: readonly CorpusTable[];
}

/** A way of publishing: a container, how many tables stand in it, and what happens to them. */
export interface Layout {
  readonly name: string;
  readonly extension: string;
  /** Tables a document: from, to. */
  readonly tables: readonly [from: number, to: number];
  readonly noise: CharacterNoise;
  readonly habits?: Partial<FillingHabits>;
  /** How whoever fills in this kind of document spells targets, where it is not left to chance. */
  readonly hand?: Partial<Hand>;
  readonly print: (pieces: readonly (string | FilledForm)[], chance: Chance) => Promise<Uint8Array> | Uint8Array;
}

const CLEAN: CharacterNoise = {};
const TYPED: CharacterNoise = { widths: 6, unseen: 6 };
const SCANNED: CharacterNoise = { innerBlanks: 45, widths: 5, unseen: 2 };
const WORN: CharacterNoise = { innerBlanks: 70, widths: 12, unseen: 4 };
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const formsIn = (pieces: readonly (string | FilledForm)[]): FilledForm[] => pieces.filter((piece): piece is FilledForm => typeof piece !== 'string');
const joined = (pieces: readonly (string | FilledForm)[], print: (form: FilledForm) => string): string => pieces.map((piece) => (typeof piece === 'string' ? `${piece}\n` : print(piece))).join('\n');

/** Ways of publishing. */
export const LAYOUTS: readonly Layout[] = [
  { name: '.docx, one table', extension: 'docx', tables: [1, 1], noise: CLEAN, print: (pieces, chance) => wordDocument(formsIn(pieces), chance.percent(50)) },
  { name: '.docx, a whole budget document', extension: 'docx', tables: [2, 4], noise: TYPED, habits: { hasPlaceholders: true }, print: (pieces, chance) => wordDocument(pieces, chance.percent(50)) },
  { name: '.xlsx, a table a sheet', extension: 'xlsx', tables: [1, 3], noise: CLEAN, habits: { marksBlanks: true }, print: (pieces) => spreadsheet(formsIn(pieces).map((form) => [form])) },
  { name: '.xlsx, several tables a sheet', extension: 'xlsx', tables: [2, 4], noise: TYPED, habits: { hasFoot: true }, print: (pieces) => spreadsheet([pieces]) },
  { name: '.xlsx, no merged levels, placeholders', extension: 'xlsx', tables: [1, 1], noise: TYPED, habits: { repeatsLevels: true, hasPlaceholders: true }, print: (pieces) => spreadsheet([formsIn(pieces)]) },
  { name: '.xlsx, unit before the number', extension: 'xlsx', tables: [1, 2], noise: TYPED, hand: { isUnitFirst: true, bareNumbers: 0 }, print: (pieces) => spreadsheet(formsIn(pieces).map((form) => [form])) },
  { name: '.csv', extension: 'csv', tables: [1, 1], noise: CLEAN, print: (pieces) => csvBytes(formsIn(pieces)) },
  { name: '.html', extension: 'html', tables: [1, 2], noise: CLEAN, print: (pieces, chance) => utf8(webPage(pieces, false, chance)) },
  { name: '.html, untidy', extension: 'html', tables: [1, 2], noise: TYPED, habits: { marksBlanks: true, hasFoot: true }, print: (pieces, chance) => utf8(webPage(pieces, true, chance)) },
  { name: '.md', extension: 'md', tables: [1, 2], noise: CLEAN, print: (pieces) => utf8(markdownPage(pieces)) },
  { name: '.pdf, ruled', extension: 'pdf', tables: [1, 1], noise: CLEAN, print: (pieces) => pages(formsIn(pieces), { rules: 'stroke' }) },
  { name: '.pdf, thin rules, over pages', extension: 'pdf', tables: [1, 2], noise: CLEAN, habits: { hasFoot: true }, print: (pieces, chance) => pages(formsIn(pieces), { rules: 'thin', high: 330, repeats: chance.percent(60) }) },
  { name: '.pdf, ruled, rows torn over pages', extension: 'pdf', tables: [1, 2], noise: CLEAN, print: (pieces, chance) => pages(formsIn(pieces), { rules: chance.pick(['stroke', 'thin'] as const), high: chance.whole(300, 380), repeats: chance.percent(50), tears: true }) },
  { name: '.pdf, no rules', extension: 'pdf', tables: [1, 1], noise: CLEAN, print: (pieces) => pages(formsIn(pieces), { rules: 'none' }) },
  { name: '.pdf, no rules, centred, over pages', extension: 'pdf', tables: [1, 2], noise: CLEAN, habits: { hasFoot: true }, print: (pieces, chance) => pages(formsIn(pieces), { rules: 'none', level: 'centre', high: 360, repeats: chance.percent(50) }) },
  { name: '.pdf, no rules, rows as close as lines', extension: 'pdf', tables: [1, 1], noise: CLEAN, print: (pieces, chance) => pages(formsIn(pieces), { rules: 'none', padding: 0, vertical: chance.pick(['top', 'middle']), repeats: true }) },
  { name: '.ofd, ruled, over pages', extension: 'ofd', tables: [1, 2], noise: CLEAN, habits: { hasFoot: true }, print: (pieces, chance) => writeOfd(printed(formsIn(pieces), { rules: 'stroke', high: 420, repeats: chance.percent(50) })) },
  { name: '.txt, tabs', extension: 'txt', tables: [1, 2], noise: CLEAN, print: (pieces, chance) => utf8(joined(pieces, (form) => tabText(form, null, chance))) },
  { name: '.txt, tabs, scanned', extension: 'txt', tables: [1, 3], noise: SCANNED, print: (pieces, chance) => utf8(joined(pieces, (form) => tabText(form, { shifted: 15, continued: 20, repeated: 6, pageBreaks: chance.percent(40), lostLeading: 30 }, chance))) },
  { name: '.md, tabs, scanned badly', extension: 'md', tables: [1, 2], noise: WORN, habits: { hasFoot: true }, print: (pieces, chance) => utf8(joined(pieces, (form) => tabText(form, { shifted: 25, continued: 35, repeated: 8, pageBreaks: true, lostLeading: 50 }, chance))) },
  {
    name: '.txt, running text', extension: 'txt', tables: [1, 1], noise: CLEAN,
    print: (pieces, chance) => utf8(joined(pieces, (form) => runningText(form, { widths: { level: 4, name: 12, other: 8 }, splitOperators: false, pageBreaks: false }, chance))),
  },
  {
    name: '.txt, running text, narrow, split signs', extension: 'txt', tables: [1, 2], noise: CLEAN,
    print: (pieces, chance) => utf8(joined(pieces, (form) => runningText(form, { widths: { level: chance.whole(2, 4), name: chance.whole(5, 9), other: chance.whole(5, 7) }, splitOperators: true, pageBreaks: chance.percent(40) }, chance))),
  },
];

const PROSE = [
  '第三部分 {year}年部门预算情况说明', '（四）预算绩效情况说明\n{year}年，本单位实行绩效管理的项目2个，涉及预算金额 593.52 万元，具体情况见下表（按项目分别填报）：', '十、其他重要事项的情况说明\n本年度“三公”经费预算比上年减少 4.50 万元，下降 48.39%。', '附件：',
] as const;

interface PageLook extends Pick<PdfTableLayout, 'vertical' | 'level' | 'padding'> {
  readonly rules: 'stroke' | 'thin' | 'none';
  readonly high?: number;
  readonly repeats?: boolean;
  readonly tears?: boolean;
}

function pages(forms: readonly FilledForm[], look: PageLook): Uint8Array {
  return writePdf(printed(forms, look));
}

function printed(forms: readonly FilledForm[], look: PageLook): PdfPage[] {
  return forms.flatMap((form, at) => printGrid(form, {
    rules: look.rules, ...(look.vertical === undefined ? {} : { vertical: look.vertical }), ...(look.level === undefined ? {} : { level: look.level }), ...(look.padding === undefined ? {} : { padding: look.padding }),
    titleRows: form.titleRows, firstPageNumber: 1 + at * 4, size: (form.rows[0]?.length ?? 0) > 12 ? 6.5 : 9,
    ...(look.tears === undefined ? {} : { tears: look.tears }),
    ...(look.high === undefined ? {} : { page: { width: 842, height: look.high } }), ...(look.repeats === true && form.headRows === 1 ? { repeatedRow: form.headAt } : {}),
  }));
}

/** One document of a layout; the same seed and number give the same bytes of content. */
export async function makeDocument(layout: Layout, number: number, seed: number, forms: readonly CorpusForm[] = FORMS): Promise<CorpusDocument> {
  const chance = Chance.of(seed, layout.name, number);
  const year = chance.whole(2021, 2026);
  const { unit, department } = makeUnit(chance);
  const count = chance.whole(...layout.tables);
  const tables: CorpusTable[] = [];
  const pieces: (string | FilledForm)[] = [];
  const hand = { ...aHand(chance), ...layout.hand };
  for (let at = 0; at < count; at += 1) {
    // The forms take turns, so that each is met in each layout.
    const form = forms[(number + at * 3) % forms.length] as CorpusForm;
    const made = makeTable(chance, { subject: form.subject, frame: form.frame, year, unit, department });
    const table = form.isApart === true ? { ...made, rows: made.rows.map(withoutRange) } : made;
    const moneyUnit = chance.percent(12) && form.isMoneyUnitSilent !== true ? '元' : '万元';
    const habits: FillingHabits = {
      hand, moneyUnit, repeatsLevels: chance.percent(10), hasShortLevels: chance.percent(7), hasPlaceholders: false, hasFoot: chance.percent(20), hasSum: chance.percent(70), marksBlanks: chance.percent(10), ...layout.habits,
    };
    if (layout.tables[1] > 1 && chance.percent(60)) pieces.push(chance.pick(PROSE).replace('{year}', String(year)));
    pieces.push(noisyGrid(layOut(form, table, habits, chance), layout.noise, chance));
    tables.push({ form, table, moneyUnit });
  }
  const bytes = await layout.print(pieces, chance);
  return { file: `${layout.name.replace(/[^a-z]+/giu, '-').replace(/^-|-$/gu, '')}-${String(number).padStart(3, '0')}.${layout.extension}`, layout: layout.name, bytes, tables };
}

/** A range cannot be printed where sign and number have columns of their own. */
function withoutRange(row: TrueRow): TrueRow {
  if (row.target.comparator !== 'BETWEEN') return row;
  return { ...row, target: { ...row.target, comparator: 'GE', magnitudeHigh: null }, direction: 'POSITIVE' };
}

/** So many documents of every layout, one after the other. */
export async function* makeCorpus(count: number, seed: number, layouts: readonly Layout[] = LAYOUTS): AsyncGenerator<CorpusDocument> {
  for (const layout of layouts) for (let number = 0; number < count; number += 1) yield makeDocument(layout, number, seed);
}
