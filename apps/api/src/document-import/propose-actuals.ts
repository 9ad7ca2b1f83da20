import type { ProposedActualsView } from '@jiheng/contract';
import { asPreviousActuals } from '@jiheng/documents/recognise';
import {
  type Actual, formatActual, type Indicator, ownOfYearToDate, parseActualText, reconcilePulled, type Refusal, refuse, sayFinding, sayRefusal, type StagedRow, type StagedTable, toIndicatorOf,
} from '@jiheng/domain';
import { resultOf } from './propose-previous-actuals';

/** A value that may be offered: what the wire shows of it, the value itself and the cell's own words. */
export interface ProposedActual {
  readonly shown: ProposedActualsView['proposals'][number];
  readonly actual: Actual;
  readonly rowId: string;
}

/** Values for rows of a report, and the rows of the form that have no place there. */
export interface ProposedActuals {
  readonly proposals: readonly ProposedActual[];
  readonly unmatched: ProposedActualsView['unmatched'];
}

/** The report the values are for: its rows, what was said in the quarters before, and what stands there now. */
export interface ReportedSoFar {
  readonly indicators: readonly Indicator[];
  /** By key, one entry a quarter before this one, in order. */
  earlier(key: string): readonly (Actual | null)[];
  present(key: string): Actual | null;
}

/**
 * What a staged monitoring form says was reached, as values of the rows of a report. Rows are matched by first level and name, one to one.
 * @param isYearToDate the form prints the year so far: earlier quarters are taken off where the row adds up
 */
export function proposeActuals(staged: Pick<StagedTable, 'rows'>, report: ReportedSoFar, isYearToDate: boolean): ProposedActuals {
  const spoken = staged.rows.map((row) => ({ row, ...resultOf(row) }));
  const indicators = spoken.map(({ row, actualRaw, actualText }) => ({
    ...toIndicatorOf(row), confidence: row.confidence, source: { file: '', place: row.place }, actualRaw: actualRaw ?? null, actualText: actualText ?? null,
  }));
  const found = asPreviousActuals({ indicators }, { indicators: [...report.indicators] }).proposals;
  const proposals: ProposedActual[] = [];
  const unmatched: ProposedActualsView['unmatched'] = [];
  const cannot = (row: StagedRow, refusal: Refusal): void => { unmatched.push({ name: row.name, why: said(refusal) }); };
  staged.rows.forEach((row, from) => {
    if ((spoken[from]?.actualRaw ?? spoken[from]?.actualText ?? null) === null) return cannot(row, because('import.actual-blank', row));
    // Two rows of one name in the target table would both take the only one of the form.
    const matches = found.filter((one) => one.from === from);
    const match = matches.find((one) => one.match === 'SAME') ?? (matches.length === 1 ? matches[0] : undefined);
    const indicator = match === undefined ? undefined : report.indicators[match.row];
    if (match === undefined || indicator === undefined || match.previousActual === null) return cannot(row, because('import.actual-no-row', row));
    const read = parseActualText(match.previousActual, indicator);
    if (!read.ok) return cannot(row, read.refusal);
    if (read.value.kind === 'NOT_REPORTED') return cannot(row, because('import.actual-blank', row));
    const own = isYearToDate ? ownOfYearToDate(indicator, report.earlier(indicator.key), read.value) : read;
    if (!own.ok) return cannot(row, own.refusal);
    const present = report.present(indicator.key);
    const earlier = report.earlier(indicator.key).flatMap((actual, at) => (actual === null ? [] : [{ ordinal: at + 1, actual }]));
    const judged = reconcilePulled(present, { actual: own.value }, indicator, [], earlier);
    if (judged.outcome === 'UNREADABLE' || judged.pulled === null) return cannot(row, judged.refusal ?? because('import.actual-blank', row));
    proposals.push({
      rowId: row.id, actual: judged.pulled,
      shown: {
        key: indicator.key, name: indicator.name, level1: indicator.level1, printed: match.previousActual, value: formatActual(judged.pulled, indicator), match: match.match,
        present: present === null || present.kind === 'NOT_REPORTED' ? null : formatActual(present, indicator),
        outcome: judged.outcome === 'SAME' ? 'SAME' : judged.warning === null ? 'CANDIDATE' : 'IMPLAUSIBLE',
        warning: judged.warning === null ? null : { zh: sayFinding(judged.warning, 'zh'), en: sayFinding(judged.warning, 'en') },
      },
    });
  });
  return { proposals, unmatched };
}

/** A refusal as the wire says it. */
export function said(refusal: Refusal): NonNullable<ProposedActualsView['why']> {
  return { code: refusal.code, zh: sayRefusal(refusal, 'zh'), en: sayRefusal(refusal, 'en') };
}

function because(code: 'import.actual-blank' | 'import.actual-no-row', { name }: StagedRow): Refusal {
  const refused = refuse(code, { name });
  return refused.refusal;
}
