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
import { readWeight } from './cell-fit';
import { isWording, level1Of, level1Word, level2Word, mayStandUnder, ruleWord } from './form-words';
import { stripMarkup } from './printed-text';
import type { RawBlock, RawRow, RowNote } from './raw-table';
import type { RecognisedIndicator } from './recognised-table';
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

interface Levels {
  readonly level1: string;
  readonly level2: string;
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
  let levels: Levels = { level1: '', level2: '' };
  block.rows.forEach((raw, row) => {
    const reading = new RowReading(raw, row, about, findings);
    if (isRunning) reading.lose('running');
    else if (about.part.broken) reading.lose('brokenGrid');
    levels = reading.readLevels(levels);
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
  private certainty = 10_000n;
  private divisor = 10_000n;
  private readonly place: string;
  readonly name: { readonly name: string; readonly unit: string | null };

  constructor(
    private readonly raw: RawRow,
    private readonly row: number,
    private readonly about: RowCircumstances,
    private readonly findings: Finding[],
  ) {
    this.place = shortPlace(about.part, raw.numbers);
    this.name = splitNameUnit(stripMarkup(raw.cells.name ?? ''));
    for (const note of raw.notes) this.lose(note);
  }

  lose(why: keyof typeof CERTAINTY): void {
    this.certainty *= BigInt(CERTAINTY[why]);
    this.divisor *= 100n;
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
    if (own1 !== null) {
      if (own1 === above.level1 && this.row > 0) this.tell('R-repeated', 'INFO', { found: own1 });
      const inherited = own2 === null && above.level1 === own1 ? above.level2 : '';
      return this.complete({ level1: own1, level2: own2 ?? inherited });
    }
    if (own2 === null) return this.complete(above);
    const home = level1Of(own2);
    if (this.about.subject === 'PROJECT' && home !== null && (above.level1 === '' || !mayStandUnder(above.level1, own2))) {
      this.lose('derivedLevel');
      this.tell('R-level', 'WARN', { found: own2, expected: home });
      return { level1: home, level2: own2 };
    }
    return this.complete({ level1: above.level1, level2: own2 });
  }

  private levelCell(role: 'level1' | 'level2', lookUp: (text: string) => string | null): string | null {
    const text = this.raw.cells[role];
    if (text === undefined || meansEmpty(text)) return null;
    const known = lookUp(text);
    if (known !== null) return known;
    this.lose('unknownLevel');
    return squeezePrinted(text).replace(/\s+/gu, '');
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

  indicator({ level1, level2 }: Levels): RecognisedIndicator {
    const { cells } = this.raw;
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
      basis: this.printed(cells.basis),
      previousActual: this.printed(cells.previous),
      scoringRule: this.rule(),
      evidence: this.printed(cells.evidence),
      accumulation: defaultAccumulation(like),
      passThreshold: null,
      confidence: this.confidence(),
      source: { file: this.about.file, place: sayPlace(this.about.part, this.raw.numbers) },
    };
  }

  private target(nameUnit: string | null): IndicatorTarget {
    const { operator = '', target = '', unit = '' } = this.raw.cells;
    const printed = [/定性|正向|反向/u.test(operator) ? '' : operator, stripMarkup(target), /\d\s*$/u.test(target) ? unit : '']
      .filter((text) => text.trim() !== '')
      .join('');
    return parseTarget(printed.trim(), { fiscalYear: this.about.fiscalYear, nameUnit });
  }

  private weight(): string {
    const text = this.raw.cells.weight ?? '';
    const weight = readWeight(text);
    if (weight !== null) return weight;
    this.lose('missing');
    this.tell('R-weight', 'ERROR', { found: text });
    return '0';
  }

  private rule(): RecognisedIndicator['scoringRule'] {
    const text = this.raw.cells.rule;
    if (text === undefined || meansEmpty(text)) return null;
    const rule = ruleWord(text);
    if (rule === null) {
      this.lose('unknownRule');
      this.tell('R-rule', 'WARN', { found: squeezePrinted(text) });
    }
    return rule;
  }

  private printed(text: string | undefined): string | null {
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
    const hundredths = (this.certainty * 100n + this.divisor / 2n) / this.divisor;
    return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`;
  }
}
