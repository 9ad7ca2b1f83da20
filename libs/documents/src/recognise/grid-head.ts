import { meansEmpty, squeezePrinted } from '@jiheng/domain';
import { keepShape } from './keep-shape';
import { type FormVocabulary, vocabularyOf } from './form-vocabulary';
import { beginsWithIdeograph, isPageMark, isSumWord, mayBePageMark } from './form-words';
import { type HeadField, isMoneyLabel, isYearLine, readYear } from './head-labels';
import { isMoneyValue, type MoneyHead, type PlacedText, readMoneyHead, readMoneyLine, wholeLine } from './money-block';
import { hasMarkup, paragraphs } from './printed-text';
import { joinCells, wholeCell } from './raw-cell';
import type { HeadCell, MoneyLabel, RawCell, RawHead, RawMoneyLine } from './raw-table';
import { readMoney } from './read-money';
import type { SourceLine } from './source-line';

type ProseField = 'unit' | 'project' | 'goal' | 'goalAdjusted' | 'goalAchieved' | 'score';

const LONGEST_LABEL = 30;

function isProse(field: HeadField): field is ProseField {
  return field === 'unit' || field === 'project' || field === 'goal' || field === 'goalAdjusted' || field === 'goalAchieved' || field === 'score';
}

function isGoal(field: HeadField | null): field is 'goal' | 'goalAdjusted' | 'goalAchieved' {
  return field === 'goal' || field === 'goalAdjusted' || field === 'goalAchieved';
}

let lastProse: { readonly text: string; readonly paragraphs: string } = { text: '', paragraphs: '' };

/** {@link paragraphs}, asked once of a goal that a thousand sheets share. */
function sameParagraphs(text: string): string {
  if (lastProse.text !== text) lastProse = { text, paragraphs: paragraphs(text) };
  return lastProse.paragraphs;
}

/** The head of a table that kept its cells: labels and the values right of them; values may go on in the rows below. */
export function readGridHead(lines: readonly SourceLine[], part: number, vocabulary: FormVocabulary): RawHead {
  const head = new GridHead(part, vocabulary);
  lines.forEach((line, at) => {
    head.read(line, at);
  });
  return head.result();
}

/** What a line of a head says by itself. */
interface LineMeaning {
  /** Its filled cells, ends trimmed. */
  readonly texts: readonly { readonly text: string; readonly at: number }[];
  readonly isMark: boolean;
  /** A title, or a line that holds nothing but the year. */
  readonly isTitle: boolean;
  readonly year: number | null;
  /** Beside each text the label it is. */
  readonly fields: readonly (HeadField | null)[];
  readonly saysTenThousand: boolean;
  readonly saysYuan: boolean;
}

/** Lines of heads that are kept to be met again. */
const KEPT_LINES = 40;

/** What the lines of the head before said: a thousand sheets print the same titles and labels, and such a line is one object. */
class LineKeeper {
  private readonly kept: { readonly line: SourceLine; readonly meaning: LineMeaning }[] = [];

  constructor(readonly vocabulary: FormVocabulary) {}

  meaningOf(line: SourceLine, at: number): LineMeaning {
    const before = this.kept[at];
    if (before?.line === line) return before.meaning;
    const meaning = this.read(line);
    if (at < KEPT_LINES) this.kept[at] = { line, meaning };
    return meaning;
  }

  private read({ cells }: SourceLine): LineMeaning {
    const texts: { text: string; at: number }[] = [];
    cells.forEach((cell, at) => {
      const text = cell === '' ? '' : cell.trim();
      if (text !== '') texts.push({ text, at });
    });
    const said: LineMeaning = { texts, isMark: false, isTitle: false, year: null, fields: [], saysTenThousand: false, saysYuan: false };
    const first = texts[0]?.text;
    if (first === undefined) return said;
    if (mayBePageMark(first) && isPageMark(texts.map(({ text }) => text).join(''))) return { ...said, isMark: true };
    if (this.vocabulary.readTitle(first) !== null || (!beginsWithIdeograph(first) && isYearLine(first))) return { ...said, isTitle: true, year: readYear(first) };
    const fields = texts.map(({ text }) => (text.length <= LONGEST_LABEL ? this.vocabulary.labelField(text) : null));
    const ofMoney = texts.filter(({ text }, at) => text.includes('元') && (fields[at] !== null || this.vocabulary.moneyColumn(text) !== null));
    const says = (pattern: RegExp): boolean => ofMoney.some(({ text }) => pattern.test(text));
    return { ...said, fields, saysTenThousand: says(/万\s*元/u), saysYuan: says(/[（(]\s*(?:单位[:：]\s*)?元\s*[)）]/u) };
  }
}

let lastKeeper: LineKeeper | null = null;

function lineKeeper(vocabulary: FormVocabulary): LineKeeper {
  if (lastKeeper?.vocabulary !== vocabulary) lastKeeper = new LineKeeper(vocabulary);
  return lastKeeper;
}

/** A head being read, line by line. */
class GridHead {
  private readonly cells: Partial<Record<HeadCell, RawCell>> = {};
  private readonly prose: Partial<Record<ProseField, string>> = {};
  private readonly money: Partial<Record<MoneyLabel, string>> = {};
  private readonly moneyLines: RawMoneyLine[] = [];
  private fiscalYear: number | null = null;
  private period: string | null = null;
  private saysYuan = false;
  private saysTenThousand = false;
  private lastProse: ProseField | null = null;
  /** Columns of the money block, while it lasts. */
  private moneyHead: MoneyHead | null = null;
  /** Sources of money beside one another (总额 ‖ 财政拨款 ‖ 其他资金), amounts below. */
  private sources: readonly { readonly field: MoneyLabel; readonly at: number }[] = [];
  /** 预期目标 ‖ 实际完成情况, texts below. */
  private goals: readonly { readonly field: ProseField; readonly at: number }[] = [];

  constructor(
    private readonly part: number,
    private readonly vocabulary: FormVocabulary,
  ) {}

  /** @param at the how-manieth line of the head it is */
  read(line: SourceLine, at: number): void {
    const { texts, isMark, isTitle, year, fields, saysTenThousand, saysYuan } = lineKeeper(this.vocabulary).meaningOf(line, at);
    const opening = texts[0];
    if (opening === undefined || isMark) return;
    if (isTitle) {
      if (year !== null) this.cells.year ??= wholeCell(opening.text, { part: this.part, line: line.number, cell: opening.at });
      this.fiscalYear ??= year;
      return;
    }
    this.saysTenThousand ||= saysTenThousand;
    this.saysYuan ||= saysYuan;
    const printed = texts.map(({ text, at: cell }): PlacedText => ({ text, at: cell, place: { part: this.part, line: line.number, cell } }));
    if (this.readMoney(printed, fields) || this.readSources(printed, fields) || this.readGoals(printed, fields)) return;
    this.readLabels(printed, fields);
  }

  /** The head of a money block or one of its lines. */
  private readMoney(printed: readonly PlacedText[], fields: readonly (HeadField | null)[]): boolean {
    const head = readMoneyHead(printed, this.vocabulary);
    if (head !== null) {
      this.moneyHead = head;
      this.period ??= head.period;
      this.lastProse = null;
      return true;
    }
    if (this.moneyHead === null) return false;
    const label = printed.findIndex(({ text }) => text.length <= LONGEST_LABEL && this.vocabulary.moneyLine(text) !== null);
    const opening = printed[label];
    if (opening !== undefined && !fields.slice(0, label).some((field) => field !== null && field !== 'caption')) {
      const line = this.vocabulary.moneyLine(opening.text);
      const values = printed.slice(label + 1);
      if (line !== null) {
        if (values.length > 0) this.moneyLines.push({ line, label: squeezePrinted(opening.text), cells: readMoneyLine(values, this.moneyHead) });
        return true;
      }
    }
    const values = printed.filter((_, at) => fields[at] !== 'caption');
    if (values.length > 0 && this.moneyLines.length === 0 && values.every(({ text }) => isMoneyValue(text))) {
      this.moneyLines.push(wholeLine(values, this.moneyHead));
      return true;
    }
    this.moneyHead = null;
    return false;
  }

  /** Sources of money in a row and the amounts in a row below: the tasks of the 2015 form, their sum in the last line. */
  private readSources(printed: readonly PlacedText[], fields: readonly (HeadField | null)[]): boolean {
    if (this.sources.length === 0 && !fields.some((field) => field !== null && isMoneyLabel(field))) return false;
    const sources = printed.flatMap(({ at }, index) => {
      const field = fields[index];
      return field !== undefined && field !== null && isMoneyLabel(field) ? [{ field, at }] : [];
    });
    if (sources.length >= 2 && sources.length >= printed.length - 2 && fields.every((field) => field !== null)) {
      this.sources = sources;
      return true;
    }
    const first = printed[0];
    if (this.sources.length === 0 || first === undefined || fields.some((field) => field !== null)) return false;
    const amounts = isSumWord(first.text) ? printed.slice(1) : printed;
    if (!amounts.every(({ text }) => readMoney(text, '万元') !== undefined)) return false;
    amounts.forEach((amount, index) => {
      const field = (this.sources.find(({ at }) => at === amount.at) ?? (amounts.length === this.sources.length ? this.sources[index] : undefined))?.field;
      if (field === undefined) return;
      this.money[field] ??= amount.text;
      this.cells[field] ??= wholeCell(amount.text, amount.place);
    });
    return true;
  }

  /** The goal of the year beside what came of it: heads in one row, texts in the next. */
  private readGoals(printed: readonly PlacedText[], fields: readonly (HeadField | null)[]): boolean {
    if (this.goals.length === 0 && !fields.some(isGoal)) return false;
    const goals = !fields.every(isGoal) ? [] : printed.flatMap(({ at }, index) => {
      const field = fields[index] ?? null;
      return isGoal(field) ? [{ field, at }] : [];
    });
    if (goals.length >= 2 && new Set(goals.map(({ field }) => field)).size >= 2) {
      // 年度总体目标 ‖ 预期目标 ‖ 实际完成情况: of two words for the goal the one nearer to the text.
      this.goals = goals.filter(({ field }, index) => goals[index + 1]?.field !== field);
      this.lastProse = null;
      return true;
    }
    if (this.goals.length === 0) return false;
    const texts = printed.filter((_, index) => !(index === 0 && fields[0] === 'goal' && printed.length > 1));
    if (texts.some((text) => fields[printed.indexOf(text)] !== null)) {
      this.goals = [];
      return false;
    }
    for (const [index, text] of texts.entries()) {
      const inOrder = texts.length === this.goals.length && !texts.every((one) => this.goals.some((goal) => goal.at === one.at));
      const field = (inOrder ? this.goals[index] : this.goals.filter((goal) => goal.at <= text.at).at(-1) ?? this.goals[0])?.field;
      if (field !== undefined) this.goOn(field, text);
    }
    return true;
  }

  private readLabels(printed: readonly PlacedText[], fields: readonly (HeadField | null)[]): void {
    const first = printed[0] as PlacedText;
    let labels = 0;
    printed.forEach((_, at) => {
      const field = fields[at] ?? null;
      if (field === null) return;
      labels += 1;
      const next = printed[at + 1];
      const value = next === undefined || (fields[at + 1] ?? null) !== null ? null : next;
      if (isProse(field)) {
        this.lastProse = field;
        if (value !== null && !meansEmpty(value.text) && this.prose[field] === undefined) {
          this.prose[field] = value.text;
          this.cells[field] = wholeCell(value.text, value.place);
        }
        return;
      }
      if (field !== 'caption') this.lastProse = null;
      if (isMoneyLabel(field) && value !== null) {
        this.money[field] ??= value.text;
        this.cells[field] ??= wholeCell(value.text, value.place);
      }
    });
    // A row without a label goes on with the text above it.
    if (labels === 0 && this.lastProse !== null && printed.length === 1) this.goOn(this.lastProse, first);
  }

  private goOn(field: ProseField, { text, place }: PlacedText): void {
    const before = this.prose[field];
    this.prose[field] = before === undefined ? text : `${before}${isGoal(field) ? '\n' : ' '}${text}`;
    this.cells[field] = joinCells(this.cells[field], wholeCell(text, place, before === undefined ? [] : ['continued']));
  }

  result(): RawHead {
    const { prose } = this;
    const squeezed = (text: string | undefined): string | null => (text === undefined ? null : squeezePrinted(text));
    const prosaic = (text: string | undefined): string | null => (text === undefined ? null : sameParagraphs(text));
    return {
      fiscalYear: this.fiscalYear,
      unit: squeezed(prose.unit),
      project: squeezed(prose.project),
      goal: prosaic(prose.goal),
      goalAdjusted: prosaic(prose.goalAdjusted),
      goalAchieved: prosaic(prose.goalAchieved),
      score: squeezed(prose.score),
      moneyLines: this.moneyLines,
      period: this.period,
      goalJoined: false,
      hasGoalSeam: false,
      money: this.money,
      moneyUnit: this.saysYuan && !this.saysTenThousand ? '元' : '万元',
      hadMarkup: [prose.goal, prose.goalAchieved].some((text) => text !== undefined && hasMarkup(text)),
      cells: this.cells,
    };
  }
}

keepShape(new GridHead(0, vocabularyOf()));
