import type { OutstandingView, PeriodList, RollUpLine, RollUpMeasures, RollUpView } from '@jiheng/contract';

/** The fourth quarter of a prefecture's three tables: one signed, one returned, one being filled in. */
export function someMeasures(more: Partial<RollUpMeasures> = {}): RollUpMeasures {
  return {
    tables: 3, stages: { entering: 1, submitted: 0, reviewed: 0, signed: 1, returned: 1 }, unopened: 0, scored: 2, blocked: 1, ratings: { excellent: 0, good: 0, fair: 0, poor: 0 },
    lights: { red: 0, yellow: 1, green: 1, none: 1 }, weightedMean: '95.42', mean: '93.17', budget: '617.58', executed: '17.12', ...more,
  };
}

/** One unit of a region; `late` of its documents are. */
export function aLine(code: string, name: string, late = 0, measures: Partial<RollUpMeasures> = {}): RollUpLine {
  return { unitId: `00000000-0000-4000-8000-${code.padStart(12, '0')}` as RollUpLine['unitId'], code, name, kind: 'FINANCE', hasBelow: true, measures: someMeasures(measures), late };
}

/** A region with two prefectures below, the second one late. */
export function aRollUp(more: Partial<RollUpView> = {}): RollUpView {
  const unit = aLine('65', '自治区', 2, { tables: 6 });
  const view = {
    unit, above: [], belowNext: null, below: [aLine('652324', '玛纳斯县财政局', 0, { weightedMean: '97.80', lights: { red: 0, yellow: 0, green: 3, none: 0 } }), aLine('653000', '自治州财政局', 2)], fiscalYear: 2024, periodOrdinal: 4, pending: 0,
    countedAt: '2025-01-09T02:20:00.000Z', tops: [{ unitId: unit.unitId, name: unit.name }], ...more,
  };
  return { belowTotal: view.below.length, ...view };
}

/** Who has not handed in: one unit with a table being filled in and one returned. */
export function outstanding(more: Partial<OutstandingView> = {}): OutstandingView {
  const { unitId, code, name } = aLine('653000132001', '自治州社会保险中心');
  return { units: [{ unitId, code, name, aboveName: '自治州人力资源和社会保障局', unopened: 0, entering: 1, returned: 1 }], hasMore: false, dueOn: '2025-01-08', isOver: true, ...more };
}

/** Three quarters closed, the fourth open. */
export function periods(): PeriodList {
  const one = (ordinal: number, label: string, startsOn: string, endsOn: string, dueOn: string): PeriodList['periods'][number] =>
    ({ id: `00000000-0000-4000-8000-00000000000${ordinal}` as PeriodList['periods'][number]['id'], fiscalYear: 2024, ordinal, label, startsOn, endsOn, dueOn, state: ordinal === 4 ? 'OPEN' : 'CLOSED' });
  return { periods: [
    one(1, '第一季度', '2024-01-01', '2024-03-31', '2024-04-15'), one(2, '第二季度', '2024-04-01', '2024-06-30', '2024-07-15'), one(3, '第三季度', '2024-07-01', '2024-09-30', '2024-10-15'), one(4, '第四季度', '2024-10-01', '2024-12-31', '2025-01-08'),
  ] };
}
