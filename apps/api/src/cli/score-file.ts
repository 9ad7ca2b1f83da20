import {
  type Actual,
  defaultAccumulation,
  defaultDirection,
  type ExecutionFigures,
  type Indicator,
  type IndicatorTarget,
  ok,
  type OverCause,
  parseActualText,
  parseTarget,
  type Refusal,
  type Result,
  splitNameUnit,
  unitOf,
} from '@jiheng/domain';
import { refuseAt, sayIssues } from './say-issue';
import { type GivenActual, type GivenIndicator, scoreFile, targetObject } from './score-file.schema';
import { CommandRefusal } from './terminal';

/** A row to score, or why the text of its cell could not be taken. */
export interface FileRow {
  readonly indicator: Indicator;
  readonly actual: Actual;
  readonly overCause: OverCause | null;
  /** The pasted cell that was not understood, and why. */
  readonly unread: { readonly text: string; readonly refusal: Refusal } | null;
}

/** A score file, understood. */
export interface ScoreFile {
  readonly fiscalYear: number;
  readonly rows: readonly FileRow[];
  readonly execution: ExecutionFigures | null;
  readonly profile: string | null;
}

/**
 * Reads a score file. Strict: a key nobody knows, a number that is not text, a row that does not exist are refused with their path.
 * @throws CommandRefusal with one sentence for each mistake, at most ten
 */
export function readScoreFile(bytes: Uint8Array, file: string): ScoreFile {
  const given = parseJson(bytes, file);
  const checked = scoreFile.safeParse(given);
  if (!checked.success) throw new CommandRefusal(sayIssues(checked.error.issues, given, [], file));
  const { table, actuals, budgetExecution, profile } = checked.data;
  const indicators = table.indicators.map((row, at) => readIndicator(row, at, table.fiscalYear, file));
  const byRow = new Map<number, GivenActual>();
  for (const [at, one] of actuals.entries()) {
    if (one.row >= indicators.length)
      refuseAt(
        file,
        `actuals[${at}].row`,
        `没有第 ${one.row} 行，行号从 0 到 ${indicators.length - 1}`,
        `there is no row ${one.row}; rows go from 0 to ${indicators.length - 1}`,
      );
    if (byRow.has(one.row))
      refuseAt(file, `actuals[${at}].row`, `第 ${one.row} 行已经有一个实际完成值`, `row ${one.row} has an actual already`);
    byRow.set(one.row, one);
  }
  return {
    fiscalYear: table.fiscalYear,
    profile: profile ?? null,
    execution:
      budgetExecution === null || budgetExecution === undefined
        ? null
        : {
            initial: budgetExecution.initial ?? null,
            adjusted: budgetExecution.adjusted ?? null,
            executed: budgetExecution.executed ?? null,
          },
    rows: indicators.map((one, at) => {
      const given = byRow.get(at);
      const read: Result<Actual> = given === undefined ? ok({ kind: 'NOT_REPORTED' }) : readActual(given, one);
      return {
        indicator: one,
        overCause: given?.overCause ?? null,
        actual: read.ok ? read.value : { kind: 'NOT_REPORTED' },
        unread: read.ok ? null : { text: given?.text ?? '', refusal: read.refusal },
      };
    }),
  };
}

function parseJson(bytes: Uint8Array, file: string): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CommandRefusal([{ zh: `文件“${file}”不是 UTF-8 文本。`, en: `The file “${file}” is not UTF-8 text.` }]);
  }
  try {
    return JSON.parse(text);
  } catch (fault) {
    const cause = fault instanceof Error ? fault.message : String(fault);
    throw new CommandRefusal([{ zh: `文件“${file}”不是有效的 JSON：${cause}。`, en: `The file “${file}” is not valid JSON: ${cause}.` }]);
  }
}

function readIndicator(row: GivenIndicator, at: number, fiscalYear: number, file: string): Indicator {
  const { name, unit: nameUnit } = splitNameUnit(row.name);
  const target = readTarget(row.target, at, { fiscalYear, nameUnit }, file);
  const like = { level1: row.level1, level2: row.level2, name, target };
  return {
    key: row.key ?? `r${at + 1}`,
    ...like,
    direction: row.direction ?? defaultDirection(like),
    weight: row.weight,
    basis: row.basis ?? null,
    previousActual: row.previousActual ?? null,
    scoringRule: row.scoringRule ?? null,
    evidence: row.evidence ?? null,
    accumulation: row.accumulation ?? defaultAccumulation(like),
    passThreshold: row.passThreshold ?? null,
  };
}

function readTarget(
  value: unknown,
  at: number,
  circumstances: { fiscalYear: number; nameUnit: string | null },
  file: string,
): IndicatorTarget {
  if (typeof value === 'string') return parseTarget(value, circumstances);
  const checked = targetObject.safeParse(value);
  if (!checked.success) throw new CommandRefusal(sayIssues(checked.error.issues, value, ['table', 'indicators', at, 'target'], file));
  const { kind, comparator, magnitude, magnitudeHigh = null, unit = null, text = null, raw } = checked.data;
  return {
    kind,
    comparator,
    magnitude,
    magnitudeHigh,
    unit: unit === null ? null : unitOf(unit).symbol,
    text,
    raw: raw ?? text ?? `${magnitude ?? ''}${unit ?? ''}`,
  };
}

function readActual(given: GivenActual, of: Indicator): Result<Actual> {
  if (given.text !== undefined) return parseActualText(given.text, of);
  if (given.magnitude !== undefined) {
    return ok({
      kind: 'REPORTED',
      magnitude: given.magnitude,
      unit: given.unit ?? null,
      numerator: given.numerator ?? null,
      denominator: given.denominator ?? null,
    });
  }
  if (given.grade !== undefined) return ok({ kind: 'JUDGED', grade: given.grade, share: given.share ?? null, note: given.note ?? null });
  if (given.date !== undefined) return ok({ kind: 'DATED', date: given.date });
  if (given.answer !== undefined) return ok({ kind: 'ANSWERED', answer: given.answer, deduction: given.deduction ?? null });
  if (given.state === 'NOT_APPLICABLE') return ok({ kind: 'NOT_APPLICABLE', reason: given.reason ?? '' });
  return ok(given.state === 'UNFINISHED' ? { kind: 'UNFINISHED' } : { kind: 'NOT_REPORTED' });
}
