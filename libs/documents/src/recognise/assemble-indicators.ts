import {
  aFinding,
  compareDecimal,
  addDecimal,
  defaultAccumulation,
  type DeviationCause,
  type Likelihood,
  defaultDirection,
  type Finding,
  type IndicatorTarget,
  meansEmpty,
  type NameAndUnit,
  parseTarget,
  printedOrNull,
  splitNameUnit,
  squeezePrinted,
} from '@jiheng/domain';
import { hasCentredLevels, withLevelsOnTop } from './centred-levels';
import { CERTAIN, type Certainty, lessSure, say } from './certainty';
import { isTickMark, readPoints, readWeight, soundsLikeReason } from './cell-fit';
import {
  type ColumnRole,
  isBasisWord,
  isEvidenceWord,
  isPlaceholder,
  isWording,
  level1Of,
  level1Word,
  level2Word,
  LONGEST_KEPT,
  mayStandUnder,
  ruleWord,
  soundsLikeBasis,
  soundsLikeEvidence,
} from './form-words';
import { cellUnder, LineRow, textUnder } from './line-row';
import type { CellsOfLine, PackedCells, ShownCells } from './packed-cells';
import { paragraphs, stripMarkup } from './printed-text';
import { isPlainCell, linesCovered, showCell } from './raw-cell';
import type { RawBlock, RawCell, RawRow, RowNote } from './raw-table';
import { keepReading, readLikeBefore, rowsAlike } from './read-like-before';
import type { RecognisedCell, RecognisedIndicator } from './recognised-table';
import { inherited, type Levels } from './row-levels';
import { RowShapes } from './row-shapes';
import { placePrefix, sayPlace, shortPlace, type SourcePart } from './source-line';
import type { FormKind } from './templates/recognition-template';

/** What the rows need to know about their table. */
export interface RowCircumstances {
  readonly file: string;
  readonly part: SourcePart;
  readonly subject: 'PROJECT' | 'UNIT';
  readonly fiscalYear: number;
  readonly form: FormKind;
}

// Shares of certainty, in hundredths; a row's confidence is their product.
const CAUSE_COLUMNS: readonly (readonly [ColumnRole, DeviationCause])[] = [
  ['causeFunds', 'FUNDS'], ['causeSystem', 'SYSTEM'], ['causeStaff', 'STAFF'], ['causeEquipment', 'EQUIPMENT'], ['causeOther', 'OTHER'],
];
const LIKELIHOOD_COLUMNS: readonly (readonly [ColumnRole, Likelihood])[] = [
  ['certain', 'CERTAIN'], ['possible', 'POSSIBLE'], ['impossible', 'IMPOSSIBLE'],
];

const CERTAINTY: Readonly<
  Record<RowNote | 'derivedLevel' | 'centred' | 'unknownLevel' | 'missing' | 'unknownRule' | 'running' | 'brokenGrid', number>
> = {
  shifted: 95,
  continued: 95,
  split: 98,
  inferred: 93,
  close: 92,
  uncertain: 70,
  derivedLevel: 85,
  centred: 80,
  unknownLevel: 85,
  missing: 50,
  unknownRule: 90,
  running: 97,
  brokenGrid: 99,
};

const SURE = say(CERTAIN);

/** What the words of a cell lose when no dictionary and no usual sound knows them. */
const UNKNOWN_WORD = 90;
/** A target with digits in it that could not be read as a number. */
const UNREAD_NUMBER = 60;

/** Rows of one table whose groups are inferred: far more than a page holds. */
const MOST_CENTRED_ROWS = 300;

/** What a form may print beyond the target; several columns of ticks are one answer. */
const BEYOND_TARGET = [
  'adjustedTarget', 'actual', 'actualText', 'points', 'deduction', 'coefficient', 'deviation', 'core', 'forecast', 'causes', 'likelihood', 'remark', 'explanation', 'method', 'dataSource',
] as const;
type BeyondTarget = (typeof BEYOND_TARGET)[number];

function beyondTarget(columns: ReadonlySet<ColumnRole>): readonly BeyondTarget[] {
  return BEYOND_TARGET.filter((one) => {
    if (one === 'causes') return CAUSE_COLUMNS.some(([role]) => columns.has(role));
    return one === 'likelihood' ? LIKELIHOOD_COLUMNS.some(([role]) => columns.has(role)) : columns.has(one);
  });
}

interface OfColumns {
  readonly list: readonly ColumnRole[];
  readonly columns: ReadonlySet<ColumnRole>;
  readonly beyond: readonly BeyondTarget[];
  readonly joined: string;
}

let lastColumns: OfColumns | null = null;

/** What follows from the columns of a form: found once for all tables of one list. */
function ofColumns(list: readonly ColumnRole[]): OfColumns {
  if (lastColumns?.list === list) return lastColumns;
  const columns = new Set(list);
  lastColumns = { list, columns, beyond: beyondTarget(columns), joined: list.join(' ') };
  return lastColumns;
}

/** What a row prints itself under one level: the word, and the cell it stands in. */
type OwnLevel = { readonly word: string; readonly cell: RecognisedCell } | { readonly word: null; readonly cell: undefined };
const NO_LEVEL: OwnLevel = { word: null, cell: undefined };

/** The rows of a table, interpreted. */
export interface AssembledRows {
  readonly indicators: readonly RecognisedIndicator[];
  /** The unit in the bracket behind each printed name, row by row. */
  readonly nameUnits: readonly (string | null)[];
  readonly findings: readonly Finding[];
  /** Points printed in the cells of the first levels. */
  readonly levelPoints: Readonly<Record<string, string>>;
}

/** Interprets the rows of a block: levels inherited from above, targets parsed, defaults filled, and what was uncertain said. */
export function assembleIndicators(block: RawBlock, isRunning: boolean, about: RowCircumstances): AssembledRows {
  const indicators: RecognisedIndicator[] = [];
  const nameUnits: (string | null)[] = [];
  const findings: Finding[] = [];
  let levels: Levels = { level1: '', level2: '', cells: {} };
  const levelPoints: Record<string, string> = {};
  const { columns, beyond, joined } = ofColumns(block.columns);
  const shapes = new RowShapes();
  // A form that prints the levels in every row repeats nothing by mistake.
  const isLevelInEveryRow = block.rows.every(printsLevel1);
  const alike = rowsAlike(about.subject, about.fiscalYear, joined, isLevelInEveryRow);
  const prefix = placePrefix(about.part);
  const isCentred = about.part.broken && block.rows.length <= MOST_CENTRED_ROWS && hasCentredLevels(block);
  if (isCentred) findings.push(aFinding('R-levels-centred', 'WARN', { place: shortPlace(about.part, block.rows[0]?.numbers ?? []) }));
  for (const raw of isCentred ? withLevelsOnTop(block.rows) : block.rows) {
    const known = raw instanceof LineRow ? readLikeBefore(raw, alike, indicators.length, levels, about.file, prefix) : null;
    if (known !== null) {
      indicators.push(known.indicator);
      nameUnits.push(known.nameUnit);
      levels = known.levels;
      continue;
    }
    const placeholder = placeholderOf(raw);
    const [above, told] = [levels, findings.length];
    const reading = new RowReading(raw, indicators.length, about, placeholder === null ? findings : [], isRunning, columns, isLevelInEveryRow, shapes, beyond);
    if (isRunning) reading.lose('running');
    else if (about.part.broken) reading.lose('brokenGrid');
    levels = reading.readLevels(levels);
    if (isCentred) {
      reading.lose('centred');
      levels = lessSureOfLevels(levels);
    }
    const printedPoints = pointsOfLevel(textUnder(raw, 'level1'));
    if (printedPoints !== null) levelPoints[levels.level1] ??= printedPoints;
    // A row of an empty form that nobody filled in: its levels hold for the rows below, itself it is no indicator.
    if (reading.isBlank()) continue;
    if (placeholder !== null) {
      findings.push(aFinding('R-placeholder', 'INFO', { place: shortPlace(about.part, raw.numbers) }, { found: placeholder }));
      continue;
    }
    const indicator = reading.indicator(levels);
    // What one row says of its first level holds for the table, so such a row is looked at in every table.
    if (raw instanceof LineRow && findings.length === told && printedPoints === null) keepReading(raw, alike, indicators.length, above, levels, indicator, reading.name.unit);
    indicators.push(indicator);
    nameUnits.push(reading.name.unit);
  }
  checkLevelPoints(indicators, levelPoints, findings);
  for (const stray of block.strays) {
    findings.push(aFinding('R-stray', 'WARN', { place: shortPlace(about.part, [stray.number]) }, { found: stray.text }));
  }
  return { indicators, nameUnits, findings, levelPoints };
}

function printsLevel1(row: RawRow): boolean {
  return row instanceof LineRow && row.like !== null ? row.like.hasLevel1 : !meansEmpty(textUnder(row, 'level1') ?? '');
}

const isLeftOpen = (text: string | undefined): boolean => text === undefined || meansEmpty(text) || isPlaceholder(text);

/** The columns of which one is filled in every row that says something. */
const FILLED_IN = ['target', 'weight', 'actual', 'points'] as const;

/** The words of a row that was never filled; null when the row says something. */
function placeholderOf(row: RawRow): string | null {
  for (const role of FILLED_IN) if (!isLeftOpen(textUnder(row, role))) return null;
  const { cells } = row;
  const name = cells.name?.text;
  const printed = name === undefined ? '' : squeezePrinted(name).replace(/\s+/gu, '');
  if (isPlaceholder(printed) || (printed !== '' && meansEmpty(printed))) return printed;
  // …… alone in its row may stand under any column.
  const alone = (Object.entries(cells) as [ColumnRole, RawCell][]).find(([role, cell]) => role !== 'level1' && role !== 'level2' && isPlaceholder(cell.text));
  return printed === '' && alone !== undefined ? alone[1].text.trim() : null;
}

/** 产出指标(50分): 50. */
function pointsOfLevel(text: string | undefined): string | null {
  return text === undefined ? null : (/[(（]\s*(\d{1,3}(?:\.\d{1,2})?)\s*分\s*[)）]/u.exec(text)?.[1] ?? null);
}

function checkLevelPoints(indicators: readonly RecognisedIndicator[], printed: Readonly<Record<string, string>>, findings: Finding[]): void {
  for (const [level, points] of Object.entries(printed)) {
    const sum = addDecimal(...indicators.filter((one) => one.level1 === level).map((one) => one.weight));
    if (compareDecimal(sum, points) !== 0) findings.push(aFinding('R-level-points', 'WARN', { name: level }, { expected: points, found: sum }));
  }
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

// A thousand tables call their indicators by the same few hundred names.
const names = new Map<string, NameAndUnit>();
const KEPT_NAMES = 2_000;

/** The name of a row and the unit in the bracket behind it; 指标1： before it goes. */
function nameOf(text: string): NameAndUnit {
  const before = names.get(text);
  if (before !== undefined) return before;
  const found = splitNameUnit(stripMarkup(text).replace(/^\s*指标\s*[\d一二三四五六七八九十]+\s*[:：]\s*(?=\S)/u, ''));
  if (text.length <= LONGEST_KEPT) {
    if (names.size >= KEPT_NAMES) names.clear();
    names.set(text, found);
  }
  return found;
}

/** One row being interpreted. */
class RowReading {
  private certainty = CERTAIN;
  readonly name: NameAndUnit;

  constructor(
    private readonly raw: RawRow,
    private readonly row: number,
    private readonly about: RowCircumstances,
    private readonly findings: Finding[],
    private readonly isRunning: boolean,
    private readonly columns: ReadonlySet<ColumnRole>,
    private readonly isLevelInEveryRow: boolean,
    private readonly shapes: RowShapes,
    private readonly beyond: readonly BeyondTarget[],
  ) {
    this.name = nameOf(textUnder(raw, 'name') ?? '');
    for (const note of raw.notes) this.lose(note);
  }

  /** Nothing stands in the row but its levels. */
  isBlank(): boolean {
    if (!meansEmpty(textUnder(this.raw, 'name') ?? '')) return false;
    const { cells } = this.raw;
    for (const role in cells) if (role !== 'level1' && role !== 'level2' && !meansEmpty(cells[role as ColumnRole]?.text ?? '')) return false;
    return true;
  }

  lose(why: keyof typeof CERTAINTY): void {
    this.certainty = lessSure(this.certainty, CERTAINTY[why]);
  }

  private text(role: ColumnRole): string | undefined {
    return textUnder(this.raw, role);
  }

  private tell(
    code: Parameters<typeof aFinding>[0],
    severity: Finding['severity'],
    sides: { expected?: string; found?: string } = {},
  ): void {
    this.findings.push(aFinding(code, severity, { name: this.name.name, place: shortPlace(this.about.part, this.raw.numbers) }, { row: this.row, ...sides }));
  }

  /** Levels of this row: its own words, else those of the group above; a second level that cannot stand there names its first level. */
  readLevels(above: Levels): Levels {
    const { word: own1, cell: cell1 } = this.levelCell('level1', level1Word);
    const { word: own2, cell: cell2 } = this.levelCell('level2', level2Word);
    if (own1 !== null) {
      if (own1 === above.level1 && this.row > 0 && !this.isLevelInEveryRow) this.tell('R-repeated', 'INFO', { found: own1 });
      const goesOn = own2 === null && above.level1 === own1;
      return this.complete({
        level1: own1,
        level2: own2 ?? (goesOn ? above.level2 : ''),
        cells: { level1: cell1, ...(own2 !== null ? { level2: cell2 } : goesOn ? { level2: inherited(above.cells.level2) } : {}) },
      });
    }
    if (own2 === null) return this.complete({ ...above, cells: { level1: inherited(above.cells.level1), level2: inherited(above.cells.level2) } });
    const home = level1Of(own2);
    if (this.about.subject === 'PROJECT' && home !== null && (above.level1 === '' || !mayStandUnder(above.level1, own2))) {
      this.lose('derivedLevel');
      this.tell('R-level', 'WARN', { found: own2, expected: home });
      const derived: RecognisedCell = { raw: home, confidence: say(lessSure(CERTAIN, CERTAINTY.derivedLevel)), places: [] };
      return { level1: home, level2: own2, cells: { level1: derived, level2: cell2 } };
    }
    return this.complete({ level1: above.level1, level2: own2, cells: { level1: inherited(above.cells.level1), level2: cell2 } });
  }

  private levelCell(role: 'level1' | 'level2', lookUp: (text: string) => string | null): OwnLevel {
    const cell = cellUnder(this.raw, role);
    if (cell === undefined || meansEmpty(cell.text)) return NO_LEVEL;
    const known = lookUp(cell.text);
    if (known !== null) return { word: known, cell: showCell(cell, this.sureOf(cell)) };
    this.lose('unknownLevel');
    return { word: squeezePrinted(cell.text).replace(/\s+/gu, ''), cell: showCell(cell, lessSure(this.sureOf(cell), CERTAINTY.unknownLevel)) };
  }

  /** How sure it is that a cell belongs into its column, whatever its words say. */
  private sureOf(cell: RawCell): Certainty {
    if (!this.isRunning && isPlainCell(cell)) return CERTAIN;
    let sure = CERTAIN;
    if (this.isRunning) sure = lessSure(sure, CERTAINTY.running);
    for (const note of cell.notes) sure = lessSure(sure, CERTAINTY[note]);
    if (!cell.notes.includes('split') && !cell.notes.includes('continued') && linesCovered(cell) > 1) sure = lessSure(sure, CERTAINTY.split);
    return sure;
  }

  /** The cells of the row: those of one line are named by it, others are written out. */
  private cells(levels: Levels, target: IndicatorTarget): PackedCells {
    const { raw } = this;
    return (raw instanceof LineRow ? this.cellsOfLine(raw, levels, target) : null) ?? { shown: this.shownCells(levels, target) };
  }

  /** null where a level stands in the line and does not count: a mark of nothing with nothing above. */
  private cellsOfLine(row: LineRow, { cells: { level1, level2 } }: Levels, target: IndicatorTarget): CellsOfLine | null {
    const { shape, line, part } = row;
    let doubts: Partial<Record<ColumnRole, string>> | null = null;
    const inheritedLevel = (role: 'level1' | 'level2', cell: RecognisedCell | undefined): RecognisedCell | null | undefined => {
      if (cell === undefined) return shape.roles.includes(role) ? undefined : null;
      if (cell.places.length === 0) return cell;
      if (cell.confidence !== SURE) (doubts ??= {})[role] = cell.confidence;
      return null;
    };
    const [inherited1, inherited2] = [inheritedLevel('level1', level1), inheritedLevel('level2', level2)];
    if (inherited1 === undefined || inherited2 === undefined) return null;
    for (let at = 0; at < shape.roles.length; at += 1) {
      const role = shape.roles[at] as ColumnRole;
      if (role === 'level1' || role === 'level2') continue;
      const text = line.cells[shape.columns[at] as number] as string;
      const loss = meansEmpty(text) ? null : lossOfWords(role, text, target);
      if (loss !== null) (doubts ??= {})[role] = say(lessSure(CERTAIN, loss));
    }
    return { shape, part, line, level1: inherited1, level2: inherited2, doubts };
  }

  /** The cells of the row as they stand in the source; levels may be inherited. */
  private shownCells(levels: Levels, target: IndicatorTarget): ShownCells {
    const { cells } = this.raw;
    const shown = this.shapes.blank(levels.cells, cells);
    if (levels.cells.level1 !== undefined) shown.level1 = levels.cells.level1;
    if (levels.cells.level2 !== undefined) shown.level2 = levels.cells.level2;
    for (const key in cells) {
      const role = key as ColumnRole;
      const cell = cells[role];
      if (cell === undefined || role === 'level1' || role === 'level2') continue;
      let sure = this.sureOf(cell);
      const loss = meansEmpty(cell.text) ? null : lossOfWords(role, cell.text, target);
      if (loss !== null) sure = lessSure(sure, loss);
      // Where blank cells are gone, a sentence that does not sound like one may be the beginning of the next name.
      if (role === 'deviation' && this.isRunning && !soundsLikeReason(cell.text)) sure = lessSure(sure, CERTAINTY.uncertain);
      shown[role] = showCell(cell, sure);
    }
    return shown;
  }

  private complete(levels: Levels): Levels {
    if (levels.level1 === '') this.missLevel('level1', '一级指标');
    if (levels.level2 === '') this.missLevel('level2', '二级指标');
    return levels;
  }

  private missLevel(role: 'level1' | 'level2', word: string): void {
    if (!this.columns.has(role)) return;
    this.lose('missing');
    this.tell('R-level-missing', 'WARN', { expected: word });
  }

  indicator(levels: Levels): RecognisedIndicator {
    const { level1, level2 } = levels;
    const { name, unit } = this.name;
    const target = this.target(unit);
    const like = { level1, level2, name, target };
    this.tellNotes(target);
    if (name === '' || target.raw === '') this.lose('missing');
    const indicator: Writable<RecognisedIndicator> = {
      key: `r${this.row + 1}`,
      level1,
      level2,
      name,
      target,
      direction: defaultDirection(like),
      weight: this.weight(),
      basis: this.printed('basis'),
      previousActual: this.printed('previous'),
      scoringRule: this.rule(),
      evidence: this.printed('evidence'),
      accumulation: defaultAccumulation(like),
      passThreshold: null,
      confidence: this.confidence(),
      source: { file: this.about.file, place: sayPlace(this.about.part, this.raw.numbers) },
      cells: this.cells(levels, target),
    };
    this.addBeyondTarget(indicator);
    return indicator;
  }

  /** What the form prints beyond the target, by the columns it has. */
  private addBeyondTarget(indicator: Writable<RecognisedIndicator>): void {
    for (const role of this.beyond) {
      switch (role) {
        case 'adjustedTarget': indicator.adjustedTargetRaw = this.withUnit(this.printed('adjustedTarget')); break;
        case 'actual': indicator.actualRaw = this.withUnit(this.printed('actual')); break;
        case 'actualText': indicator.actualText = this.prose('actualText'); break;
        case 'points': indicator.pointsRaw = this.points(); break;
        case 'deduction': indicator.deductionRaw = this.printed('deduction'); break;
        case 'coefficient': indicator.coefficientRaw = this.printed('coefficient'); break;
        case 'deviation': indicator.deviation = this.prose('deviation'); break;
        case 'core': indicator.isCore = this.isCore(); break;
        case 'forecast': indicator.forecastRaw = this.withUnit(this.printed('forecast')); break;
        case 'causes': indicator.causes = this.causes(); break;
        case 'likelihood': indicator.likelihood = this.likelihood(); break;
        case 'remark': indicator.remark = this.prose('remark'); break;
        case 'explanation': indicator.explanation = this.prose('explanation'); break;
        case 'method': indicator.measureMethod = this.printed('method'); break;
        case 'dataSource': indicator.dataSource = this.printed('dataSource'); break;
      }
    }
  }

  private prose(role: ColumnRole): string | null {
    const text = this.text(role);
    return text === undefined || meansEmpty(text) ? null : paragraphs(text);
  }

  /** The unit behind a bare number, where the form prints units in a column of their own. */
  private withUnit(printed: string | null): string | null {
    const unit = this.text('unit');
    if (printed === null || unit === undefined || meansEmpty(unit) || !endsInDigit(printed) || /[年月]/u.test(printed)) return printed;
    return `${printed}${squeezePrinted(unit)}`;
  }

  private points(): string | null {
    const text = this.text('points');
    if (text === undefined || meansEmpty(text)) return null;
    // The forms of this product print the computed points below adjusted ones.
    const points = readPoints(text.replace(/[（(].*$/su, ''));
    if (points === null && !/不适用/u.test(text)) this.tell('R-points', 'WARN', { found: squeezePrinted(text) });
    return points;
  }

  private isCore(): boolean | null {
    const text = this.text('core');
    if (text === undefined || meansEmpty(text)) return null;
    return /^(?:是|√|✓)/u.test(text.trim()) ? true : /^否/u.test(text.trim()) ? false : null;
  }

  private causes(): readonly DeviationCause[] {
    return CAUSE_COLUMNS.flatMap(([role, cause]) => (isTickMark(this.text(role) ?? '') ? [cause] : []));
  }

  private likelihood(): Likelihood | null {
    const ticked = LIKELIHOOD_COLUMNS.filter(([role]) => isTickMark(this.text(role) ?? ''));
    if (this.isRunning && (ticked.length > 0 || this.causes().length > 0)) this.tell('R-tick', 'WARN');
    if (ticked.length > 1) this.tell('R-ticks', 'WARN');
    return ticked.length === 1 ? (ticked[0]?.[1] ?? null) : null;
  }

  private target(nameUnit: string | null): IndicatorTarget {
    const operator = this.text('operator') ?? '';
    const target = this.text('target') ?? '';
    const unit = endsInDigit(target) ? (this.text('unit') ?? '') : '';
    // A sign of one character says no kind of indicator.
    const sign = operator.length > 1 && /定性|正向|反向/u.test(operator) ? '' : operator;
    const printed = `${sign.trim() === '' ? '' : sign}${stripMarkup(target)}${unit.trim() === '' ? '' : unit}`;
    return parseTarget(printed.trim(), { fiscalYear: this.about.fiscalYear, nameUnit });
  }

  private weight(): string {
    const text = this.text('weight') ?? '';
    if (!this.columns.has('weight')) return '0';
    const weight = readWeight(text);
    if (weight !== null) return weight;
    this.lose('missing');
    this.tell('R-weight', 'ERROR', { found: text });
    return '0';
  }

  private rule(): RecognisedIndicator['scoringRule'] {
    const text = this.text('rule');
    if (text === undefined || meansEmpty(text)) return null;
    const rule = ruleWord(text);
    if (rule === null) {
      this.lose('unknownRule');
      this.tell('R-rule', 'WARN', { found: squeezePrinted(text) });
    }
    return rule;
  }

  private printed(role: ColumnRole): string | null {
    const text = this.text(role);
    return text === undefined ? null : printedOrNull(stripMarkup(text));
  }

  private tellNotes(target: IndicatorTarget): void {
    const { notes } = this.raw;
    if (notes.includes('shifted')) this.tell('R-shift', 'INFO');
    if (notes.includes('continued')) this.tell('R-continued', 'INFO');
    if (notes.includes('uncertain') && target.kind === 'QUAL' && !isWording(target.raw))
      this.tell('R-uncertain', 'WARN', { found: target.text ?? '' });
    if (notes.includes('split') && target.kind !== 'QUAL')
      this.tell('R-split', 'INFO', { found: target.raw, expected: squeezePrinted(target.raw) });
  }

  private confidence(): string {
    return say(this.certainty);
  }
}

/** Levels whose groups were inferred from where their words stand. */
function lessSureOfLevels(levels: Levels): Levels {
  const cells = Object.fromEntries(Object.entries(levels.cells).map(([level, cell]) => [level, { ...cell, confidence: say(lessSure(CERTAIN, CERTAINTY.centred)) }]));
  return { ...levels, cells };
}

/** A number without its unit, in full width too. */
function endsInDigit(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  if (last >= 0x30 && last <= 0x39) return true;
  // Common ideographs and signs that everybody types are no digits in any width.
  return last > 0x20 && last < 0x7f ? false : /\d\s*$/u.test(text.normalize('NFKC'));
}

/** What a cell loses because of its words, in hundredths kept; null when they are known or sound usual. */
function lossOfWords(role: ColumnRole, text: string, target: IndicatorTarget): number | null {
  switch (role) {
    case 'target':
      if (target.kind !== 'QUAL') return null;
      return /\d/u.test(text) ? UNREAD_NUMBER : isWording(text) ? null : UNKNOWN_WORD;
    case 'weight':
      return readWeight(text) === null ? CERTAINTY.missing : null;
    case 'rule':
      return ruleWord(text) === null ? CERTAINTY.unknownRule : null;
    case 'basis':
      return isBasisWord(text) || soundsLikeBasis(text) ? null : UNKNOWN_WORD;
    case 'evidence':
      return isEvidenceWord(text) || soundsLikeEvidence(text) ? null : UNKNOWN_WORD;
    default:
      return null;
  }
}
