import { parseMagnitude } from '../quantity/parse-quantity';
import type { Money } from '../budget/money';
import { normalizeText } from '../text';
import type { Paragraph } from './budget-document';

/** `基本支出 474.74 万元，占 87.19%，比上年预算增加 12.36 万元，增长 2.67%`, taken apart. Money 万元, shares and rates in percent. */
export interface StatedAmount {
  readonly label: string;
  readonly amount: Money;
  /** 占…%. */
  readonly share: Money | null;
  /** 比上年预算增加 (+) or 减少 (−). */
  readonly change: Money | null;
  /** 增长 (+) or 下降 (−). */
  readonly rate: Money | null;
  /** The heading it stands under, without numbering: 收入预算情况说明. */
  readonly section: string;
  readonly place: string;
}

/** 项目名称 … and what is said of the project in part three. */
export interface ProjectStatement {
  readonly name: string;
  readonly fields: readonly { readonly label: string; readonly text: string; readonly place: string }[];
  readonly place: string;
}

/** Count and money of a group of projects. */
export interface StatedProjects {
  readonly count: number;
  readonly amount: Money;
}

/** What the running text of a disclosure document states in numbers. Absent is null. */
export interface BudgetNarrative {
  readonly amounts: readonly StatedAmount[];
  readonly staff: { readonly posts: Money | null; readonly present: Money; readonly active: Money; readonly retired: Money; readonly honoured: Money; readonly place: string } | null;
  readonly procurement: { readonly total: Money; readonly goods: Money; readonly works: Money; readonly services: Money; readonly place: string } | null;
  readonly operating: StatedAmount | null;
  /** 三公: the change as a whole and its parts; signed. */
  readonly threePublic: { readonly change: Money; readonly parts: readonly Money[]; readonly place: string } | null;
  readonly goals: { readonly whole: StatedProjects | null; readonly fiscal: StatedProjects | null; readonly nonFiscal: StatedProjects | null; readonly place: string } | null;
  /** Projects whose tables are not published: transfers from above, and money that is not fiscal. */
  readonly unpublished: { readonly transfer: StatedProjects | null; readonly nonFiscal: StatedProjects | null; readonly place: string } | null;
  readonly projects: readonly ProjectStatement[];
}

const MONEY = '(-?\\d[\\d,]*(?:\\.\\d+)?)万元';
const CHANGE = `比上年(?:预算)?(增加|减少)${MONEY},(?:增长|下降|减少)(\\d[\\d,]*(?:\\.\\d+)?)%`;
const AMOUNT = new RegExp(`([^,。;:\\n]{0,120}?(?:\\([类款项]\\))?[:]?(?:\\d{4}年预算数为)?)${MONEY}(?:,占(\\d[\\d,.]*)%)?(?:,${CHANGE})?`, 'gu');
const HEADING = /^(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d+[、.．](?=[^\d]))\s*(.*)$/u;

function number(text: string | undefined): Money {
  const read = parseMagnitude(text ?? '0');
  return read.ok ? read.value : '0';
}

function signed(direction: string | undefined, text: string | undefined): Money {
  const amount = number(text);
  return direction === '减少' && /[1-9]/u.test(amount) ? `-${amount}` : amount;
}

/** The words of a text as compared: NFKC, no blanks. */
function plain(text: string): string {
  return normalizeText(text).replace(/\s+/gu, '');
}

/** The heading of a paragraph without its number and without 关于…年; null when it is none. */
export function headingOf(text: string): string | null {
  const line = plain(text);
  const heading = HEADING.exec(line);
  if (heading === null || line.length > 60 || /[。;]|万元/u.test(line)) return null;
  return (heading[1] ?? '').replace(/^关于.*?\d{4}年(?:度)?/u, '');
}

/** Reads the numbers that the identities and checks compare out of the paragraphs of a document. What is not stated is null. */
export function readNarrative(paragraphs: readonly Paragraph[]): BudgetNarrative {
  const lines = paragraphs.map(({ text, place }) => ({ text: plain(text), place }));
  return {
    amounts: readAmounts(lines),
    staff: first(lines, /编制数(?:为)?(\d+)[^。]{0,160}?实有(?:人员|人数)(?:为)?(\d+)人[^。]{0,160}?在职(?:人员)?(\d+)人[^。]{0,160}?退休(?:人员)?(\d+)人(?:[^。]{0,160}?离休(?:人员)?(\d+)人)?/u,
      ([, posts, present, active, retired, honoured], place) => ({ posts: number(posts), present: number(present), active: number(active), retired: number(retired), honoured: number(honoured), place })),
    procurement: first(lines, new RegExp(`政府采购预算${MONEY}[^。]{0,160}?货物预算${MONEY}[^。]{0,160}?工程预算${MONEY}[^。]{0,160}?服务预算${MONEY}`, 'u'),
      ([, total, goods, works, services], place) => ({ total: number(total), goods: number(goods), works: number(works), services: number(services), place })),
    operating: first(lines, new RegExp(`机关运行经费(?:财政拨款)?预算(?:为)?${MONEY},${CHANGE}`, 'u'), ([text = '', amount, direction, change, rate], place) =>
      ({ label: '机关运行经费', amount: number(amount), share: null, change: signed(direction, change), rate: rateOf(text, rate), section: '', place })),
    threePublic: readThreePublic(lines),
    goals: readGoals(lines),
    unpublished: readUnpublished(lines),
    projects: readProjects(paragraphs),
  };
}

interface PlainLine {
  readonly text: string;
  readonly place: string;
}

function first<T>(lines: readonly PlainLine[], pattern: RegExp, make: (found: RegExpExecArray, place: string) => T): T | null {
  for (const { text, place } of lines) {
    const found = pattern.exec(text);
    if (found !== null) return make(found, place);
  }
  return null;
}

function rateOf(text: string, rate: string | undefined): Money {
  return /[,]下降|[,]减少\d[\d,.]*%/u.test(text) && /[1-9]/u.test(rate ?? '') ? `-${number(rate)}` : number(rate);
}

function readAmounts(lines: readonly PlainLine[]): StatedAmount[] {
  const amounts: StatedAmount[] = [];
  let section = '';
  for (const { text, place } of lines) {
    const heading = headingOf(text);
    if (heading !== null) section = heading;
    for (const found of text.matchAll(AMOUNT)) {
      const [whole, label = '', amount, share, direction, change, rate] = found;
      if (share === undefined && change === undefined) continue;
      amounts.push({
        label: label.replace(HEADING, '$1').replace(/[:]?(?:\d{4}年预算数为)?$/u, ''), amount: number(amount), share: share === undefined ? null : number(share),
        change: change === undefined ? null : signed(direction, change), rate: rate === undefined ? null : rateOf(whole, rate), section, place,
      });
    }
  }
  return amounts;
}

function readThreePublic(lines: readonly PlainLine[]): BudgetNarrative['threePublic'] {
  for (const { text, place } of lines) {
    const whole = new RegExp(`三公["“”']?经费(?:预算)?比上年(?:预算)?(增加|减少)${MONEY}`, 'u').exec(text);
    if (whole === null) continue;
    const parts = [...text.matchAll(new RegExp(`(?:因公出国\\(境\\)费|公务用车购置费|公务用车运行(?:维护)?费|公务接待费)(增加|减少)${MONEY}`, 'gu'))];
    return { change: signed(whole[1], whole[2]), parts: parts.map((part) => signed(part[1], part[2])), place };
  }
  return null;
}

function projectsOf(text: string, pattern: RegExp): StatedProjects | null {
  const found = pattern.exec(text);
  return found === null ? null : { count: Number(found[1]), amount: number(found[2]) };
}

function readGoals(lines: readonly PlainLine[]): BudgetNarrative['goals'] {
  return first(lines, /整体(?:预算)?绩效目标\d+个[^。]*/u, ([text], place) => ({
    whole: projectsOf(text, new RegExp(`整体(?:预算)?绩效目标(\\d+)个,涉及(?:预算)?金额${MONEY}`, 'u')),
    fiscal: projectsOf(text, new RegExp(`(?<!非)财政拨款项目(\\d+)个,涉及(?:预算)?金额${MONEY}`, 'u')),
    nonFiscal: projectsOf(text, new RegExp(`非财政拨款项目(\\d+)个,涉及(?:预算)?金额${MONEY}`, 'u')),
    place,
  }));
}

function readUnpublished(lines: readonly PlainLine[]): BudgetNarrative['unpublished'] {
  const from = lines.findIndex(({ text }) => /其他需(?:要)?说明的事项/u.test(text));
  if (from < 0) return null;
  const text = lines.slice(from, from + 4).map((line) => line.text).join('');
  const money = `(?:个数)?(\\d+)个,涉及的?预算(?:金额|资金)为?${MONEY}`;
  const transfer = projectsOf(text, new RegExp(`上级转移支付项目${money}`, 'u'));
  const nonFiscal = projectsOf(text, new RegExp(`非财政拨款项目${money}`, 'u'));
  return transfer === null && nonFiscal === null ? null : { transfer, nonFiscal, place: lines[from]?.place ?? '' };
}

const FIELD = /^([\u4e00-\u9fff]{2,14})[:：](.+)$/su;

function readProjects(paragraphs: readonly Paragraph[]): ProjectStatement[] {
  const projects: { name: string; fields: ProjectStatement['fields'][number][]; place: string }[] = [];
  let current: (typeof projects)[number] | null = null;
  for (const { text, place } of paragraphs) {
    const line = text.trim().replace(/^(?:\d+[、.．]|[(（][一二三四五六七八九十]+[)）])\s*/u, '');
    const name = /^项目名称[:：](.{1,60})$/u.exec(line);
    if (name !== null) {
      current = { name: (name[1] ?? '').trim(), fields: [], place };
      projects.push(current);
      continue;
    }
    const field = FIELD.exec(line);
    if (current !== null && field !== null) current.fields.push({ label: field[1] ?? '', text: field[2] ?? '', place });
    else if (headingOf(text) !== null) current = null;
  }
  return projects;
}

/** A project's name as compared: NFKC, no blanks, no quotes, no leading 2024年度-. */
export function projectKey(name: string): string {
  return plain(name).replace(/["“”'‘’]/gu, '').replace(/^(?:19|20)\d{2}年度?[-—–]*/u, '');
}
