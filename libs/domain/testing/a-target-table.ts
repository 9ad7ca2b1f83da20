import type { Indicator, PerformanceTargetTable } from '../src/index';
import { anIndicator } from './an-indicator';

/** A lawful project table of 2024 whose three rows weigh 90; pass what the spec is about. */
export function aTargetTable(draft: Partial<PerformanceTargetTable> = {}): PerformanceTargetTable {
  const indicators: readonly Indicator[] = [
    anIndicator({ key: 'a', name: '内部审计次数', target: '≥5次', weight: '50', scoringRule: 'PROPORTIONAL' }),
    anIndicator({ key: 'b', level1: '效益指标', level2: '社会效益指标', name: '维护基金安全的重要举措', target: '有效维护', weight: '30', scoringRule: 'GRADE' }),
    anIndicator({ key: 'c', level1: '满意度指标', level2: '服务对象满意度指标', name: '受益群众满意度', target: '≥95%', weight: '10', scoringRule: 'SATISFACTION' }),
  ];
  return {
    subject: 'PROJECT', fiscalYear: 2024, budgetUnit: '某州社会保险中心', project: '社会保险经办审计经费',
    budget: { total: '8.00', fiscal: '8.00', other: '0.00' }, goalText: '全年完成内部审计5次，受益群众满意度达到95%以上。', indicators, ...draft,
  };
}
