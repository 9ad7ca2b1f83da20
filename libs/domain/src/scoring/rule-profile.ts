import type { ScoringRule } from '../target-table/indicator';

/** A share or an amount earned from a lower bound upwards (bound included). Decimal texts. */
export interface Band {
  readonly from: string;
  readonly earns: string;
}

/** The share of the weight a grade may earn, 0…1. `highIncluded` is true only where the official text includes the upper end. */
export interface GradeBand {
  readonly low: string;
  readonly high: string;
  readonly highIncluded: boolean;
}

/**
 * 规则参数: everything about scoring that differs by region and year, as data. All numbers are decimal text.
 * The clause behind each parameter stands in `clauses`, keyed by the parameter's path.
 */
export interface RuleProfile {
  /** For example MOF-2020-10. */
  readonly name: string;
  readonly version: number;
  readonly title: { readonly zh: string; readonly en: string };
  readonly notes: { readonly zh: string; readonly en: string };
  /** Σ weights at target stage (90). */
  readonly targetWeightTotal: string;
  /** Points of budget execution, added at self-evaluation (10). */
  readonly executionWeight: string;
  readonly proportional: {
    /** 及格门槛 as a share of the target, 0…1; null: none. */
    readonly passThreshold: string | null;
    /** PLAIN: W·r at or above the threshold · ABOVE_THRESHOLD: W·(r − p)/(1 − p), the example formula of 财预〔2021〕101号. */
    readonly passFormula: 'PLAIN' | 'ABOVE_THRESHOLD';
  };
  /** RATIO: W·T/A · LIN_2T: W·max(0, 2 − A/T). */
  readonly reverseFormula: 'RATIO' | 'LIN_2T';
  readonly satisfaction: {
    readonly mode: 'PROPORTIONAL' | 'BANDED';
    /** Percent bounds to shares of the weight, highest first; used by BANDED. */
    readonly bands: readonly Band[];
    /** Below this percentage nothing is earned even in PROPORTIONAL mode; null: no floor. */
    readonly zeroBelow: string | null;
  };
  readonly grades: { readonly A: GradeBand; readonly B: GradeBand; readonly C: GradeBand };
  readonly execution: {
    readonly mode: 'PROPORTIONAL' | 'BANDED';
    /** Percent bounds to points, highest first; used by BANDED. */
    readonly bands: readonly Band[];
    /** What a budget of zero means: RESCALE the total, or ZERO points. */
    readonly zeroBudget: 'RESCALE' | 'ZERO';
  };
  readonly date: { readonly late: 'RATIO_DURATION' | 'ZERO' };
  readonly overCompletion: {
    /** A/T from which a reason is owed (1.30). */
    readonly threshold: string;
    /** true: the threshold itself already triggers. */
    readonly inclusive: boolean;
    /** Largest deduction as a share of the weight, taken only for the cause TARGET_TOO_LOW. */
    readonly maxDeduction: string;
  };
  /** Lower bounds of the ratings on the printed total, highest first. */
  readonly ratings: readonly { readonly name: '优' | '良' | '中' | '差'; readonly from: string }[];
  readonly explanations: {
    /** A row that earns less than its weight owes an explanation. */
    readonly belowWeight: boolean;
    /** An execution rate below this percentage owes one. */
    readonly executionBelow: string;
    /** A budget adjusted by more than this percentage owes one. */
    readonly budgetAdjustedAbove: string;
  };
  /** Which rule a row without a 赋分规则 column takes: by kind. */
  readonly defaultRules: { readonly QUANT: ScoringRule; readonly QUAL: ScoringRule; readonly DATE: ScoringRule; readonly BOOL: ScoringRule };
  /** Parameter path → clause or source. */
  readonly clauses: Readonly<Record<string, string>>;
}
