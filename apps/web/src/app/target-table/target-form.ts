import type { FormCell, FormGrid, FormRow } from '../ui/form-table/form-cell';
import { formatTarget } from '@jiheng/domain';
import type { TargetTableView } from '@jiheng/contract';
import { mergeLevels } from '../ui/form-table/merge-levels';
import { withoutTrailingZeros } from '../ui/points/say-points';
import type { Say } from '../words/dictionary';
import type { CommonKey } from '../words/zh-cn';
import type { TableKey } from './table-words';

/** What the form needs of a table; an import preview has the same parts. */
export type FormTableFacts = Pick<TargetTableView, 'subject' | 'goalText' | 'budget' | 'project' | 'unitName' | 'lead'> & {
  /** null when the file does not say it. */
  readonly fiscalYear: number | null;
  readonly indicators: readonly Pick<
    TargetTableView['indicators'][number], 'key' | 'level1' | 'level2' | 'name' | 'target' | 'weight' | 'basis' | 'previousActual' | 'scoringRule' | 'evidence'
  >[];
};
export interface FormWords {
  readonly t: Say<CommonKey>;
  readonly own: Say<TableKey>;
}

/** A target table in the official layout: F2 for a project (nine columns), F1 for the unit as a whole (six). */
export function targetForm(table: FormTableFacts, words: FormWords): FormGrid {
  return table.subject === 'PROJECT' ? projectForm(table, words) : unitForm(table, words);
}

const label = (text: string, span: Partial<FormCell> = {}): FormCell => ({ text, kind: 'label', ...span });
const text = (content: string | null | undefined, span: Partial<FormCell> = {}): FormCell => ({ text: content ?? '', kind: 'text', ...span });
const number = (content: string | null | undefined, span: Partial<FormCell> = {}): FormCell => ({ text: content ?? '', kind: 'number', ...span });
const heading = (content: string): FormCell => ({ text: content, kind: 'heading' });

/** 项目支出绩效目标表, domain.md §2.4. */
function projectForm(table: FormTableFacts, { t, own }: FormWords): FormGrid {
  const head: FormRow[] = [
    { key: 'unit', cells: [label(own('budgetUnit')), text(table.unitName, { colSpan: 8 })] },
    { key: 'project', cells: [label(own('projectName')), text(table.project, { colSpan: 4 }), label(own('projectLead')), text(table.lead, { colSpan: 3 })] },
    {
      key: 'money',
      cells: [
        label(own('projectMoney')), label(own('moneyTotal')), number(table.budget.total), label(own('moneyFiscal'), { colSpan: 2 }), number(table.budget.fiscal),
        label(own('moneyOther')), number(table.budget.other, { colSpan: 2 }),
      ],
    },
    { key: 'goal', cells: [label(own('projectGoal')), text(table.goalText, { colSpan: 8 })] },
  ];
  return {
    title: t('projectTable'), subtitle: t('yearTable', { year: table.fiscalYear ?? '—' }), widths: [10, 10, 19, 11, 11.5, 9, 8, 13, 8.5], head,
    headings: [t('level1'), t('level2'), t('level3'), t('target'), t('basis'), t('previousActual'), t('weightColumn'), t('scoringRule'), t('evidence')].map(heading),
    rows: indicatorRows(table, own, (row) => [
      number(row.basis), number(row.previousActual), number(withoutTrailingZeros(row.weight)), number(row.scoringRule ? t(`rule${row.scoringRule}`) : ''), number(row.evidence),
    ]),
  };
}

/** 单位整体绩效目标表, domain.md §2.3. The telephone stays empty: it is written on the paper, not kept here. */
function unitForm(table: FormTableFacts, { t, own }: FormWords): FormGrid {
  const head: FormRow[] = [
    { key: 'unit', cells: [label(own('unitName')), text(table.unitName, { colSpan: 5 })] },
    { key: 'contact', cells: [label(own('unitContact')), text(table.lead, { colSpan: 2 }), label(own('phone')), text('', { colSpan: 2 })] },
    { key: 'goal', cells: [label(own('unitGoal')), text(table.goalText, { colSpan: 5 })] },
    { key: 'money', cells: [label(own('unitBudget'), { rowSpan: 4 }), { ...heading(own('moneySource')), colSpan: 2 }, { ...heading(own('moneySum')), colSpan: 3 }] },
    { key: 'higher', cells: [label(own('moneyPublic'), { rowSpan: 2 }), label(own('moneyHigher')), number(table.budget.higherLevel, { colSpan: 3 })] },
    { key: 'local', cells: [label(own('moneyLocal')), number(table.budget.localLevel, { colSpan: 3 })] },
    { key: 'other', cells: [label(own('moneyOther')), label(own('moneyRest')), number(table.budget.other, { colSpan: 3 })] },
  ];
  return {
    title: t('unitTable'), subtitle: t('yearTable', { year: table.fiscalYear ?? '—' }), widths: [13, 13, 32, 14, 18, 10], head,
    headings: [t('level1'), t('level2'), t('level3'), t('target'), t('basisUnit'), t('weightUnit')].map(heading),
    rows: indicatorRows(table, own, (row) => [number(row.basis), number(withoutTrailingZeros(row.weight))]),
  };
}

type RowFacts = FormTableFacts['indicators'][number];

function indicatorRows(table: FormTableFacts, own: Say<TableKey>, rest: (row: RowFacts) => FormCell[]): FormRow[] {
  const spans = mergeLevels(table.indicators);
  return table.indicators.map((row, at) => {
    const span = spans[at] ?? { level1: 1, level2: 1 };
    const levels: FormCell[] = [];
    if (span.level1) levels.push({ text: row.level1, kind: 'category', rowSpan: span.level1 });
    if (span.level2) levels.push({ text: row.level2, kind: 'category', rowSpan: span.level2 });
    const unit = row.target.unit && row.target.magnitude !== null ? row.target.unit : null;
    return {
      key: row.key,
      cells: [...levels, text(unit ? `${row.name}（${unit}）` : row.name, { holdsNotes: true }), number(formatTarget(row.target), { hint: own('sourceCell', { raw: row.target.raw }) }), ...rest(row)],
    };
  });
}
