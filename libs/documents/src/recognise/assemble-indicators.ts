import {
  aFinding,
  defaultAccumulation,
  defaultDirection,
  type Finding,
  type IndicatorTarget,
  meansEmpty,
  parseTarget,
  printedOrNull,
  splitNameUnit,
  squeezePrinted,
} from '@jiheng/domain';
import { CERTAIN, type Certainty, lessSure, say } from './certainty';
import { readWeight } from './cell-fit';
import {
  type ColumnRole,
  isBasisWord,
  isEvidenceWord,
  isWording,
  level1Of,
  level1Word,
  level2Word,
  mayStandUnder,
  ruleWord,
  soundsLikeBasis,
  soundsLikeEvidence,
} from './form-words';
import { stripMarkup } from './printed-text';
import { linesCovered, showCell } from './raw-cell';
import type { RawBlock, RawCell, RawRow, RowNote } from './raw-table';
import type { RecognisedCell, RecognisedIndicator } from './recognised-table';
import { sayPlace, shortPlace, type SourcePart } from './source-line';

/** What the rows need to know about their table. */
export interface RowCircumstances {
  readonly file: string;
  readonly part: SourcePart;
  readonly subject: 'PROJECT' | 'UNIT';
  readonly fiscalYear: number;
}

// Shares of certainty, in hundredths; a row's confidence is their product.
const CERTAINTY: Readonly<
  Record<RowNote | 'derivedLevel' | 'unknownLevel' | 'missing' | 'unknownRule' | 'running' | 'brokenGrid', number>
> = {
  shifted: 95,
  continued: 95,
  split: 98,
  uncertain: 70,
  derivedLevel: 85,
  unknownLevel: 85,
  missing: 50,
  unknownRule: 90,
  running: 97,
  brokenGrid: 99,
};

/** What the words of a cell lose when no dictionary and no usual sound knows them. */
const UNKNOWN_WORD = 90;
/** A target with digits in it that could not be read as a number. */
const UNREAD_NUMBER = 60;

interface Levels {
  readonly level1: string;
  readonly level2: string;
  /** The cells the words stand in, for rows below that inherit them. */
  readonly cells: Readonly<Partial<Record<'level1' | 'level2', RecognisedCell>>>;
}

/** The rows of a table, interpreted. */
export interface AssembledRows {
  readonly indicators: readonly RecognisedIndicator[];
  /** The unit in the bracket behind each printed name, row by row. */
  readonly nameUnits: readonly (string | null)[];
  readonly findings: readonly Finding[];
}

/** Interprets the rows of a block: levels inherited from above, targets parsed, defaults filled, and what was uncertain said. */
export function assembleIndicators(block: RawBlock, isRunning: boolean, about: RowCircumstances): AssembledRows {
  const indicators: RecognisedIndicator[] = [];
  const nameUnits: (string | null)[] = [];
  const findings: Finding[] = [];
  let levels: Levels = { level1: '', level2: '', cells: {} };
  block.rows.forEach((raw) => {
    const reading = new RowReading(raw, indicators.length, about, findings, isRunning);
    if (isRunning) reading.lose('running');
    else if (about.part.broken) reading.lose('brokenGrid');
    levels = reading.readLevels(levels);
    // A row of an empty form that nobody filled in: its levels hold for the rows below, itself it is no indicator.
    if (reading.isBlank()) return;
    indicators.push(reading.indicator(levels));
    nameUnits.push(reading.name.unit);
  });
  for (const stray of block.strays) {
    findings.push(aFinding('R-stray', 'WARN', { place: shortPlace(about.part, [stray.number]) }, { found: stray.text }));
  }
  return { indicators, nameUnits, findings };
}

/** One row being interpreted. */
class RowReading {
  private certainty = CERTAIN;
  private readonly place: string;
  readonly name: { readonly name: string; readonly unit: string | null };

  constructor(
    private readonly raw: RawRow,
    private readonly row: number,
    private readonly about: RowCircumstances,
    private readonly findings: Finding[],
    private readonly isRunning: boolean,
  ) {
    this.place = shortPlace(about.part, raw.numbers);
    this.name = splitNameUnit(stripMarkup(raw.cells.name?.text ?? ''));
    for (const note of raw.notes) this.lose(note);
  }

  /** Nothing stands in the row but its levels. */
  isBlank(): boolean {
    return Object.entries(this.raw.cells).every(([role, cell]) => role === 'level1' || role === 'level2' || meansEmpty(cell.text));
  }

  lose(why: keyof typeof CERTAINTY): void {
    this.certainty = lessSure(this.certainty, CERTAINTY[why]);
  }

  private text(role: ColumnRole): string | undefined {
    return this.raw.cells[role]?.text;
  }

  private tell(
    code: Parameters<typeof aFinding>[0],
    severity: Finding['severity'],
    sides: { expected?: string; found?: string } = {},
  ): void {
    this.findings.push(aFinding(code, severity, { name: this.name.name, place: this.place }, { row: this.row, ...sides }));
  }

  /** Levels of this row: its own words, else those of the group above; a second level that cannot stand there names its first level. */
  readLevels(above: Levels): Levels {
    const own1 = this.levelCell('level1', level1Word);
    const own2 = this.levelCell('level2', level2Word);
    const [cell1, cell2] = [this.shownLevel('level1', level1Word), this.shownLevel('level2', level2Word)];
    const above1 = inherited(above.cells.level1);
    const above2 = inherited(above.cells.level2);
    if (own1 !== null) {
      if (own1 === above.level1 && this.row > 0) this.tell('R-repeated', 'INFO', { found: own1 });
      const goesOn = own2 === null && above.level1 === own1;
      return this.complete({
        level1: own1,
        level2: own2 ?? (goesOn ? above.level2 : ''),
        cells: { ...cell1, ...(own2 === null ? (goesOn ? { level2: above2 } : {}) : cell2) },
      });
    }
    if (own2 === null) return this.complete({ ...above, cells: { level1: above1, level2: above2 } });
    const home = level1Of(own2);
    if (this.about.subject === 'PROJECT' && home !== null && (above.level1 === '' || !mayStandUnder(above.level1, own2))) {
      this.lose('derivedLevel');
      this.tell('R-level', 'WARN', { found: own2, expected: home });
      const derived: RecognisedCell = { raw: home, confidence: say(lessSure(CERTAIN, CERTAINTY.derivedLevel)), places: [] };
      return { level1: home, level2: own2, cells: { level1: derived, ...cell2 } };
    }
    return this.complete({ level1: above.level1, level2: own2, cells: { level1: above1, ...cell2 } });
  }

  private levelCell(role: 'level1' | 'level2', lookUp: (text: string) => string | null): string | null {
    const text = this.text(role);
    if (text === undefined || meansEmpty(text)) return null;
    const known = lookUp(text);
    if (known !== null) return known;
    this.lose('unknownLevel');
    return squeezePrinted(text).replace(/\s+/gu, '');
  }

  private shownLevel(role: 'level1' | 'level2', lookUp: (text: string) => string | null): Levels['cells'] {
    const cell = this.raw.cells[role];
    if (cell === undefined || meansEmpty(cell.text)) return {};
    const sure = lookUp(cell.text) === null ? lessSure(this.sureOf(cell), CERTAINTY.unknownLevel) : this.sureOf(cell);
    return { [role]: showCell(cell, sure) };
  }

  /** How sure it is that a cell belongs into its column, whatever its words say. */
  private sureOf(cell: RawCell): Certainty {
    let sure = CERTAIN;
    if (this.isRunning) sure = lessSure(sure, CERTAINTY.running);
    for (const note of cell.notes) sure = lessSure(sure, CERTAINTY[note]);
    if (!cell.notes.includes('split') && !cell.notes.includes('continued') && linesCovered(cell) > 1) sure = lessSure(sure, CERTAINTY.split);
    return sure;
  }

  /** The cells of the row as they stand in the source; levels may be inherited. */
  private shownCells(levels: Levels, target: IndicatorTarget): NonNullable<RecognisedIndicator['cells']> {
    const shown: Partial<Record<ColumnRole, RecognisedCell>> = { ...levels.cells };
    for (const [role, cell] of Object.entries(this.raw.cells) as [ColumnRole, RawCell][]) {
      if (role === 'level1' || role === 'level2') continue;
      let sure = this.sureOf(cell);
      const loss = meansEmpty(cell.text) ? null : lossOfWords(role, cell.text, target);
      if (loss !== null) sure = lessSure(sure, loss);
      shown[role] = showCell(cell, sure);
    }
    return shown;
  }

  private complete(levels: Levels): Levels {
    for (const [level, word] of [
      [levels.level1, '一级指标'],
      [levels.level2, '二级指标'],
    ] as const) {
      if (level !== '') continue;
      this.lose('missing');
      this.tell('R-level-missing', 'WARN', { expected: word });
    }
    return levels;
  }

  indicator(levels: Levels): RecognisedIndicator {
    const { level1, level2 } = levels;
    const { name, unit } = this.name;
    const target = this.target(unit);
    const like = { level1, level2, name, target };
    this.tellNotes(target);
    if (name === '' || target.raw === '') this.lose('missing');
    return {
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
      cells: this.shownCells(levels, target),
    };
  }

  private target(nameUnit: string | null): IndicatorTarget {
    const [operator, target, unit] = [this.text('operator') ?? '', this.text('target') ?? '', this.text('unit') ?? ''];
    const printed = [/定性|正向|反向/u.test(operator) ? '' : operator, stripMarkup(target), /\d\s*$/u.test(target) ? unit : '']
      .filter((text) => text.trim() !== '')
      .join('');
    return parseTarget(printed.trim(), { fiscalYear: this.about.fiscalYear, nameUnit });
  }

  private weight(): string {
    const text = this.text('weight') ?? '';
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

/** A cell for a row that inherits it from above: the same words, nothing of its own in the source. */
function inherited(cell: RecognisedCell | undefined): RecognisedCell {
  return cell === undefined ? { raw: '', confidence: '0.50', places: [] } : { ...cell, places: [] };
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
