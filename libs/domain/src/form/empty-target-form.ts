import type { Subject } from '../target-table/performance-target-table';
import type { FormSheet } from './form-sheet';
import { PROJECT_TARGET_TEMPLATE, UNIT_TARGET_TEMPLATE } from './form-template';
import { layOutForm } from './lay-out-form';

/** How many blank rows stand in each branch, in the order of the form: as many as the published tables need, with one or two to spare. */
const BRANCHES: Readonly<Record<Subject, readonly (readonly [level1: string, level2: string, rows: number])[]>> = {
  PROJECT: [
    ['产出指标', '数量指标', 4], ['产出指标', '质量指标', 4], ['产出指标', '时效指标', 4],
    ['成本指标', '经济成本指标', 3], ['成本指标', '社会成本指标', 1], ['成本指标', '生态环境成本指标', 1],
    ['效益指标', '经济效益指标', 2], ['效益指标', '社会效益指标', 2], ['效益指标', '生态效益指标', 1],
    ['满意度指标', '服务对象满意度指标', 2],
  ],
  UNIT: [
    ['运行成本', '成本指标', 2], ['管理效率', '数量指标', 2], ['管理效率', '质量指标', 2], ['管理效率', '时效指标', 2],
    ['履职效能', '数量指标', 3], ['履职效能', '质量指标', 3], ['履职效能', '时效指标', 2],
    ['社会效应', '社会效益指标', 2], ['可持续发展能力', '可持续影响指标', 1], ['服务对象满意度', '服务对象满意度指标', 2],
  ],
};

/** What is known before anybody fills the form in; null leaves a place to write. */
export interface EmptyFormHead {
  readonly fiscalYear: number | null;
  readonly budgetUnit: string | null;
}

/**
 * 绩效目标表 to be filled in elsewhere: F1 for the unit as a whole, F2 for a project, in the layout the import reads back. The levels of the
 * frame stand in their column, everything else is blank; rows that stay blank are no indicators.
 */
export function emptyTargetForm(subject: Subject, head: EmptyFormHead): FormSheet {
  return layOutForm(subject === 'UNIT' ? UNIT_TARGET_TEMPLATE : PROJECT_TARGET_TEMPLATE, {
    fields: { yearTitle: `（${head.fiscalYear ?? '　　　　'}年）`, budgetUnit: head.budgetUnit ?? '' },
    lists: { indicators: BRANCHES[subject].flatMap(([level1, level2, rows]) => Array.from({ length: rows }, () => ({ level1, level2 }))) },
  });
}
