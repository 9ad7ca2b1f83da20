import { findUnit } from '../quantity/unit';
import { normalizeText, squeezePrinted } from '../text';

/** 三级指标 taken apart. */
export interface NameAndUnit {
  readonly name: string;
  /** Dictionary symbol of the unit in the trailing bracket; null when there is none. */
  readonly unit: string | null;
}

const TRAILING_BRACKET = /[(（[【]\s*(?:计量)?(?:单位\s*[:：]?)?([^()（）[\]【】]{1,12}(?:[(（][^()（）]{1,4}[)）])?)[)）\]】]$/u;

/**
 * Takes the bracketed unit off the end of a name: `内部审计次数(次)` → 内部审计次数 and 次. A bracket that holds no known unit stays
 * (`信息系统维护(一期)`). Blanks of a broken cell are removed, the other characters stay as printed.
 */
export function splitNameUnit(raw: string): NameAndUnit {
  const name = squeezePrinted(raw);
  const bracket = TRAILING_BRACKET.exec(name);
  const unit = bracket?.[1] === undefined ? null : findUnit(normalizeText(bracket[1]));
  if (bracket === null || unit === null || bracket.index === 0) return { name, unit: null };
  return { name: name.slice(0, bracket.index).trim(), unit: unit.symbol };
}
