import type { IndicatorView, TargetTableView } from '@jiheng/contract';
import {
  type Accumulation, type Direction, type IndicatorFrame, type IndicatorTarget, type ScoringRule, type Subject, TASK_FIELDS, defaultAccumulation, defaultBasis, defaultDirection,
  defaultEvidence, formatTarget, normalizeDecimal,
} from '@jiheng/domain';

/** One row as it is being typed: every cell is text, because half a number is no number yet. */
export interface RowDraft {
  /** Identity on the page; the row's key is given by the server. */
  readonly id: string;
  /** '' for a row the server has not seen. */
  readonly key: string;
  readonly level1: string;
  readonly level2: string;
  readonly name: string;
  readonly target: string;
  readonly basis: string;
  readonly previousActual: string;
  readonly weight: string;
  /** '' leaves the rule to the profile. */
  readonly rule: ScoringRule | '';
  readonly evidence: string;
  /** '' takes what the domain suggests for the row. */
  readonly direction: Direction | '';
  readonly accumulation: Accumulation | '';
  readonly passThreshold: string | null;
  /** What was read from the cell before anybody touched it: an untouched cell is never read anew. */
  readonly stored: { readonly target: string; readonly name: string; readonly read: IndicatorTarget } | null;
}

/** The cells of a row that a person types in. */
export type RowField = 'level1' | 'level2' | 'name' | 'target' | 'basis' | 'previousActual' | 'weight' | 'rule' | 'evidence' | 'direction' | 'accumulation';

/** The head of the form; amounts in 万元 as typed. */
export interface HeadDraft {
  readonly project: string;
  readonly lead: string;
  readonly goalText: string;
  readonly total: string;
  readonly fiscal: string;
  readonly other: string;
  readonly higherLevel: string;
  readonly localLevel: string;
}
export type HeadField = keyof HeadDraft;

/** One of 年度主要任务 as it is being typed; amounts in 万元. */
export interface TaskDraft {
  /** Identity on the page; tasks have none elsewhere. */
  readonly id: string;
  readonly name: string;
  readonly content: string;
  readonly total: string;
  readonly fiscal: string;
  readonly other: string;
}

/** A target table as it is being typed. */
export interface TableDraft {
  readonly head: HeadDraft;
  /** 年度主要任务 of a whole unit, in the order of the form; empty for a project. */
  readonly tasks: readonly TaskDraft[];
  readonly rows: readonly RowDraft[];
}

/** Whose promise it is: fixed once the server has the table. */
export interface DraftIdentity {
  readonly subject: Subject;
  readonly fiscalYear: number;
  readonly unitId: string;
  readonly unitName: string;
}

/** A head in which nothing is written. */
export const EMPTY_HEAD: HeadDraft = { project: '', lead: '', goalText: '', total: '', fiscal: '', other: '', higherLevel: '', localLevel: '' };

let made = 0;
/** A name for a row on this page; never sent anywhere. */
export function newRowId(): string {
  made += 1;
  return `row-${made}`;
}

/** A table with nothing in it but one row to begin with. */
export function emptyDraft(frame: IndicatorFrame, subject: Subject): TableDraft {
  return { head: EMPTY_HEAD, tasks: [], rows: [blankRow(frame, subject, null)] };
}

/** A new row under the same levels as its neighbour; without one, under the first branch of the frame. */
export function blankRow(frame: IndicatorFrame, subject: Subject, above: Pick<RowDraft, 'level1' | 'level2'> | null): RowDraft {
  const first = frame.branches[0];
  const level1 = above?.level1 ?? first?.level1 ?? '';
  return {
    id: newRowId(), key: '', level1, level2: above?.level2 ?? first?.level2[0] ?? '', name: '', target: '', basis: defaultBasis(level1), previousActual: '', weight: '',
    rule: '', evidence: subject === 'PROJECT' ? defaultEvidence(level1) : '', direction: '', accumulation: '', passThreshold: null, stored: null,
  };
}

/** A task in which nothing is written yet. */
export function blankTask(): TaskDraft {
  return { id: newRowId(), name: '', content: '', total: '', fiscal: '', other: '' };
}

/** Nobody has typed into this task: it is neither checked nor saved. */
export function isBlankTask(task: TaskDraft): boolean {
  return TASK_FIELDS.every((field) => task[field].trim() === '');
}

/** Nobody has typed into this row: it is neither checked nor saved. */
export function isBlank(row: RowDraft): boolean {
  return row.key === '' && [row.name, row.target, row.weight, row.previousActual].every((text) => text.trim() === '');
}

/** The draft a stored table begins with. */
export function draftOf(table: Pick<TargetTableView, 'project' | 'lead' | 'goalText' | 'budget' | 'indicators' | 'tasks'>): TableDraft {
  const { budget } = table;
  return {
    head: {
      project: table.project ?? '', lead: table.lead ?? '', goalText: table.goalText, total: budget.total ?? '', fiscal: budget.fiscal ?? '', other: budget.other ?? '',
      higherLevel: budget.higherLevel ?? '', localLevel: budget.localLevel ?? '',
    },
    tasks: (table.tasks ?? []).map(({ name, content, total, fiscal, other }) => ({ id: newRowId(), name, content: content ?? '', total: total ?? '', fiscal: fiscal ?? '', other: other ?? '' })),
    rows: table.indicators.map(rowOf),
  };
}

function rowOf(indicator: IndicatorView): RowDraft {
  const { target, name } = indicator;
  const text = formatTarget(target);
  return {
    id: newRowId(), key: indicator.key, level1: indicator.level1, level2: indicator.level2, name, target: text, basis: indicator.basis ?? '',
    previousActual: indicator.previousActual ?? '', weight: normalizeDecimal(indicator.weight), rule: indicator.scoringRule ?? '', evidence: indicator.evidence ?? '',
    direction: indicator.direction === defaultDirection(indicator) ? '' : indicator.direction ?? '',
    accumulation: indicator.accumulation === defaultAccumulation(indicator) ? '' : indicator.accumulation,
    passThreshold: indicator.passThreshold, stored: { target: text, name, read: target },
  };
}

/**
 * Last year's table as the beginning of this year's: rows keep their keys (a pull source finds them again), dates move on by the years between,
 * and 上年完成值 and the money of the tasks are left to be filled in: last year's promise is not last year's result, nor its money this year's.
 */
export function copyForYear(table: TargetTableView, fiscalYear: number): TableDraft {
  const draft = draftOf(table);
  const moveOn = (text: string): string => text.replaceAll(`${table.fiscalYear}年`, `${fiscalYear}年`);
  return {
    head: { ...draft.head, goalText: moveOn(draft.head.goalText) },
    tasks: draft.tasks.map((task) => ({ ...task, content: moveOn(task.content), total: '', fiscal: '', other: '' })),
    rows: draft.rows.map((row) => {
      const target = row.stored?.read.kind === 'DATE' ? moveOn(row.target) : row.target;
      return { ...row, target, previousActual: '', stored: target === row.target ? row.stored : null };
    }),
  };
}

/** One cell changed. Words that follow the first level (evidence, basis, the second level) follow it as long as nobody chose otherwise. */
export function changeCell(row: RowDraft, field: RowField, text: string, frame: IndicatorFrame): RowDraft {
  if (field !== 'level1' || text === row.level1) return { ...row, [field]: text };
  const branch = frame.branches.find((one) => one.level1 === text);
  const keepsLevel2 = branch === undefined || branch.level2.includes(row.level2);
  return {
    ...row, level1: text, level2: keepsLevel2 ? row.level2 : branch.level2[0] ?? '',
    basis: row.basis === defaultBasis(row.level1) ? defaultBasis(text) : row.basis,
    evidence: row.evidence !== '' && row.evidence === defaultEvidence(row.level1) ? defaultEvidence(text) : row.evidence,
  };
}

/** The draft as text that is equal when nothing was changed; page identities do not count. */
export function draftText(draft: TableDraft): string {
  return JSON.stringify({ head: draft.head, tasks: draft.tasks.filter((task) => !isBlankTask(task)).map(({ id: _id, ...task }) => task), rows: draft.rows.filter((row) => !isBlank(row)).map(({ id: _id, stored: _stored, ...row }) => row) });
}
