import type { TraceCode } from '../words/trace-words';

/** 计算过程: one step of how a point was reached. `text` is the Chinese sentence; other languages come from `sayTrace`. */
export interface TraceStep {
  readonly step: TraceCode;
  readonly params: Readonly<Record<string, string>>;
  readonly text: string;
}
