import {
  type AdjustedScore, type ChapterId, type MoneyRow, type RuleProfile, type SelfEvaluationAccount, type TableScore, EDITABLE_CHAPTERS, adjustScore, scoreTable,
} from '@jiheng/domain';
import type { LoadedSelfEvaluation } from './loaded-self-evaluation';
import { executionReason } from './open-points';
import { EXECUTION_REASON, GOAL_ACHIEVED } from './written-parts';

/** The year with its points: computed, and as printed with what was adjusted by hand. */
export interface AccountedYear {
  readonly score: TableScore;
  readonly printed: AdjustedScore;
  /** What the form and the report print. */
  readonly account: SelfEvaluationAccount;
}

/** Computes the year's account by the law the score job uses, so that page, file and score cannot differ. */
export function accountOf(year: LoadedSelfEvaluation, profile: RuleProfile): AccountedYear {
  const score = scoreTable(
    { rows: year.rows.map((row) => row.scoring), execution: year.execution?.figures ?? null, withExecution: true }, profile, { fiscalYear: year.head.fiscalYear, periodClosed: false },
  );
  const printed = adjustScore(score, new Map(year.rows.flatMap((row) => (row.adjustment === null ? [] : [[row.indicator.key, row.adjustment] as const]))), profile);
  return { score, printed, account: accountFrom(year, profile, score, printed) };
}

/** Whether a part can be written by hand: the writer's chapters, the account of the goal, the reason of the money. */
export function isWritable(chapterId: string): boolean {
  return chapterId === GOAL_ACHIEVED || chapterId === EXECUTION_REASON || EDITABLE_CHAPTERS.includes(chapterId as ChapterId);
}

function accountFrom(year: LoadedSelfEvaluation, profile: RuleProfile, score: TableScore, printed: AdjustedScore): SelfEvaluationAccount {
  const { head } = year;
  return {
    subject: head.subject, fiscalYear: head.fiscalYear, budgetUnit: head.unitName, department: head.departmentName, project: head.project, tableVersion: year.version,
    goalText: year.goalText, goalAchieved: year.chapters.get(GOAL_ACHIEVED)?.written ?? '', money: moneyOf(year), execution: score.execution, executionReason: executionReason(year),
    rows: year.rows.map((row, at) => {
      const points = score.rows[at];
      if (points === undefined) throw new Error('a row without its points');
      return {
        indicator: row.indicator, actual: row.scoring.actual, score: points, adjustment: row.adjustment, explanation: row.explanation, evidence: row.evidence.map((file) => file.fileName),
      };
    }),
    computedTotal: score.total, total: printed.total, rating: printed.rating, rescaled: score.rescaled,
    profile: { name: profile.name, version: profile.version, title: profile.title.zh },
    chapters: new Map([...year.chapters.values()].map((chapter) => [chapter.chapterId, chapter.written])),
  };
}

/** The money of the year; before anybody has entered what was spent, the budget of the promise stands alone. */
function moneyOf(year: LoadedSelfEvaluation): readonly MoneyRow[] {
  if (year.execution !== null) return year.execution.parts;
  return [{ part: 'TOTAL', initial: year.budget['total'] ?? null, adjusted: null, executed: null }];
}
