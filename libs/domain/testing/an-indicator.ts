import {
  type Direction, type Indicator, type ScoringRule, defaultAccumulation, defaultDirection, parseTarget,
} from '../src/index';

/** What a spec may want to say about a row; everything else is lawful and dull. */
export interface IndicatorDraft {
  readonly key?: string;
  readonly level1?: string;
  readonly level2?: string;
  readonly name?: string;
  /** As printed: "≥26.10万人", "=2024年12月", "有效维护", "是". */
  readonly target?: string;
  readonly weight?: string;
  readonly direction?: Direction | null;
  readonly scoringRule?: ScoringRule | null;
  readonly passThreshold?: string | null;
  readonly fiscalYear?: number;
  readonly previousActual?: string | null;
}

/** One lawful row of a 2024 project table; its target is read as on import. */
export function anIndicator(draft: IndicatorDraft = {}): Indicator {
  const target = parseTarget(draft.target ?? '≥5次', { fiscalYear: draft.fiscalYear ?? 2024 });
  const like = { level1: draft.level1 ?? '产出指标', level2: draft.level2 ?? '数量指标', name: draft.name ?? '内部审计次数', target };
  return {
    ...like,
    key: draft.key ?? 'row',
    weight: draft.weight ?? '5',
    direction: draft.direction === undefined ? defaultDirection(like) : draft.direction,
    scoringRule: draft.scoringRule ?? null,
    basis: '计划标准',
    previousActual: draft.previousActual === undefined ? '新增' : draft.previousActual,
    evidence: '工作资料',
    accumulation: defaultAccumulation(like),
    passThreshold: draft.passThreshold ?? null,
  };
}
