import type { ExecutionView, ProposedActualsView } from '@jiheng/contract';
import { compareTables, type Indicator, LIKELIHOOD_WORDS, moneyLinesOf, normalizeDecimal, refuse, type StagedMoneyLine, type StagedTable, type Subject, toIndicatorOf } from '@jiheng/domain';
import { said } from './propose-actuals';

type Explanation = ProposedActualsView['explanations'][number];
type ExplanationBody = Explanation['printed'];
type MoneyRow = ExecutionView['rows'][number];
type Unplaced = ProposedActualsView['unplaced'];

/** Longest words that a report keeps (`explanationBody`). */
const LONGEST_TEXT = 4000, LONGEST_FORECAST = 200;

/**
 * What a staged monitoring form says of deviations and of the year's end, for the rows of a report. 原因说明 is the sentence, 备注 the measures. A
 * report keeps a forecast and a likelihood only with an explanation: where neither the form nor the report has one, they are told and not offered.
 * @param present the explanation of a row as it stands in the report; null where there is none
 */
export function proposeExplanations(
  staged: Pick<StagedTable, 'rows'>, indicators: readonly Indicator[], present: (key: string) => ExplanationBody | null,
): { readonly explanations: Explanation[]; readonly unplaced: Unplaced } {
  const explanations: Explanation[] = [];
  const unplaced: Unplaced = [];
  const nothing = { goalText: '', budget: { total: null, fiscal: null, other: null } };
  const { matched } = compareTables({ ...nothing, indicators }, { ...nothing, indicators: staged.rows.map(toIndicatorOf) });
  for (const row of staged.rows) {
    const indicator = indicators.find(({ key }) => key === matched.get(row.id));
    // Rows without a place in the report are told with their values.
    if (row.said === undefined || indicator === undefined) continue;
    const { causes, sentence, forecast, likelihood, remark } = row.said;
    const there = present(indicator.key);
    if (causes.length === 0 && sentence === null && there === null) {
      const parts = [
        ...(forecast === null ? [] : [[`全年预计“${forecast}”`, `“${forecast}” expected for the year`]]), ...(likelihood === null ? [] : [[`完成可能性“${LIKELIHOOD_WORDS[likelihood].zh}”`, `the likelihood “${LIKELIHOOD_WORDS[likelihood].en}”`]]),
        ...(remark === null ? [] : [[`备注“${remark}”`, `the remark “${remark}”`]]),
      ];
      unplaced.push(said(refuse('import.remark-alone', { name: row.name, said: parts.map(([zh]) => zh).join('、'), saidEn: parts.map(([, en]) => en).join(', ') }).refusal));
      continue;
    }
    const printed: ExplanationBody = {
      causes: [...causes], sentence: (sentence ?? '').slice(0, LONGEST_TEXT), measures: (remark ?? '').slice(0, LONGEST_TEXT), likelihood, forecast: forecast?.slice(0, LONGEST_FORECAST) ?? null,
    };
    explanations.push({ key: indicator.key, name: indicator.name, printed, present: there, isSame: there !== null && saysTheSame(printed, there) });
  }
  return { explanations, unplaced };
}

/** What the form says stands in the report already; what it leaves blank says nothing. */
function saysTheSame(printed: ExplanationBody, there: ExplanationBody): boolean {
  const texts = [[printed.sentence, there.sentence], [printed.measures, there.measures], [printed.forecast ?? '', there.forecast ?? '']] as const;
  return texts.every(([form, report]) => form === '' || form.trim() === report.trim()) && (printed.likelihood === null || printed.likelihood === there.likelihood)
    && (printed.causes.length === 0 || (printed.causes.length === there.causes.length && printed.causes.every((cause) => there.causes.includes(cause))));
}

/**
 * The money block of a form for a report, which has the budget and what was spent since January. What was spent in one quarter alone, lines that
 * the subject's form does not have, and what is expected for the year have no place there.
 */
export function proposeMoney(
  staged: Pick<StagedTable, 'money' | 'period'>, subject: Subject, present: readonly MoneyRow[], isYearToDate: boolean,
): { readonly money: ProposedActualsView['money']; readonly unplaced: Unplaced } {
  const unplaced: Unplaced = [];
  const lines = (staged.money ?? []).filter(({ initial, adjusted, executed, forecast }) => [initial, adjusted, executed, forecast].some((amount) => amount !== null));
  const printed: MoneyRow[] = [];
  for (const line of lines) {
    const part = moneyLinesOf(subject).find((one) => one === line.line);
    if (line.forecast !== null) unplaced.push(said(refuse('import.money-forecast', { label: labelOf(line), amount: line.forecast }).refusal));
    if ([line.initial, line.adjusted, line.executed].every((amount) => amount === null)) continue;
    if (part === undefined || printed.some((one) => one.part === part)) {
      const amounts = [line.initial, line.adjusted, line.executed].filter((amount) => amount !== null).join(' / ');
      unplaced.push(said(refuse('import.money-line', { label: labelOf(line), amounts }).refusal));
    } else printed.push({ part, initial: line.initial, adjusted: line.adjusted, executed: line.executed });
  }
  if (printed.length > 0 && !isYearToDate) {
    unplaced.push(said(refuse('import.money-own-quarter', { period: staged.period ?? '' }).refusal));
    return { money: null, unplaced };
  }
  const isSame = printed.every((row) => {
    const there = present.find((one) => one.part === row.part);
    return (['initial', 'adjusted', 'executed'] as const).every((column) => row[column] === null || (there?.[column] != null && normalizeDecimal(row[column]) === normalizeDecimal(there[column])));
  });
  return { money: printed.length === 0 ? null : { printed, present: present.map((row) => ({ ...row })), isSame }, unplaced };
}

function labelOf({ label }: StagedMoneyLine): string {
  return label === '' ? '资金' : label;
}
