import type { OverCause } from '@jiheng/domain';
import { ACTUAL, INDICATOR } from './bulk-columns.query';
import type { CopyRows } from './copy-bytes';
import type { InputsBytes } from './inputs-bytes';
import { SO_FAR, type ValuesSoFar } from './values-so-far';

const text = (value: string): Buffer => Buffer.from(value);
const SAID = {
  actual: text('{"actual":{"kind":"'), reported: text('REPORTED","magnitude":'), unit: text(',"unit":'), judged: text('JUDGED"'), grade: text('{"actual":{"grade":'),
  kind: text(',"kind":"'), share: text(',"share":'), dated: text('{"actual":{"date":'), datedKind: text(',"kind":"DATED"'), unfinished: text('UNFINISHED"'), silent: text('NOT_REPORTED"'),
  indicator: text('},"indicator":{"accumulation":'), direction: text(',"direction":'), key: text(',"key":'), level1: text(',"level1":'), level2: text(',"level2":'), name: text(',"name":'),
  threshold: text(',"passThreshold":'), rule: text(',"scoringRule":'), comparator: text(',"target":{"comparator":'), targetKind: text(',"kind":'), magnitude: text(',"magnitude":'), high: text(',"magnitudeHigh":'),
  text: text(',"text":'), weight: text('},"weight":'),
} as const;
const CAUSE: Readonly<Record<OverCause | 'none', Buffer>> = {
  none: text('},"overCause":null}'), OTHER: text('},"overCause":"OTHER"}'), TARGET_TOO_LOW: text('},"overCause":"TARGET_TOO_LOW"}'),
};
const [D, J, R] = [68, 74, 82] as const;

/**
 * Writes one row of a document as `inputsOfRow` of the domain does, from bytes. Its value so far must need no words.
 * @param at the row of the document; `row` is where it stands in `indicators`
 */
export function sayRow(inputs: InputsBytes, values: ValuesSoFar, at: number, actuals: CopyRows, indicators: CopyRows, row: number, cause: OverCause | null): void {
  sayValue(inputs, values, at, actuals, indicators, row);
  inputs.put(SAID.indicator);
  inputs.field(indicators, row, INDICATOR.accumulation);
  inputs.put(SAID.direction);
  inputs.field(indicators, row, INDICATOR.direction);
  inputs.put(SAID.key);
  inputs.field(indicators, row, INDICATOR.key);
  inputs.put(SAID.level1);
  inputs.field(indicators, row, INDICATOR.level1);
  inputs.put(SAID.level2);
  inputs.field(indicators, row, INDICATOR.level2);
  inputs.put(SAID.name);
  inputs.field(indicators, row, INDICATOR.name);
  inputs.put(SAID.threshold);
  inputs.field(indicators, row, INDICATOR.threshold);
  inputs.put(SAID.rule);
  inputs.field(indicators, row, INDICATOR.rule);
  inputs.put(SAID.comparator);
  inputs.field(indicators, row, INDICATOR.comparator);
  inputs.put(SAID.targetKind);
  inputs.field(indicators, row, INDICATOR.kind);
  inputs.put(SAID.magnitude);
  inputs.field(indicators, row, indicators.bytes[indicators.start(row, INDICATOR.kind)] === D ? INDICATOR.date : INDICATOR.magnitude);
  inputs.put(SAID.high);
  inputs.field(indicators, row, INDICATOR.high);
  inputs.put(SAID.text);
  inputs.field(indicators, row, INDICATOR.text);
  inputs.put(SAID.unit);
  inputs.field(indicators, row, INDICATOR.unit);
  inputs.put(SAID.weight);
  inputs.field(indicators, row, INDICATOR.weight);
  inputs.put(CAUSE[cause ?? 'none']);
}

function sayValue(inputs: InputsBytes, values: ValuesSoFar, at: number, actuals: CopyRows, indicators: CopyRows, row: number): void {
  const how = values.of(at);
  if (how === SO_FAR.SILENT) { inputs.put(SAID.actual); inputs.put(SAID.silent); return; }
  if (how === SO_FAR.MADE) {
    inputs.put(SAID.actual);
    inputs.put(SAID.reported);
    inputs.number(values.number(at), values.scale(at));
    inputs.put(SAID.unit);
    inputs.field(indicators, row, INDICATOR.unit);
    return;
  }
  const value = values.standing(at);
  switch (actuals.bytes[actuals.start(value, ACTUAL.kind)]) {
    case R:
      inputs.put(SAID.actual);
      inputs.put(SAID.reported);
      inputs.field(actuals, value, ACTUAL.magnitude);
      inputs.put(SAID.unit);
      inputs.field(actuals, value, ACTUAL.unit);
      return;
    case J:
      inputs.put(SAID.grade);
      inputs.field(actuals, value, ACTUAL.grade);
      inputs.put(SAID.kind);
      inputs.put(SAID.judged);
      inputs.put(SAID.share);
      inputs.field(actuals, value, ACTUAL.share);
      return;
    case D:
      inputs.put(SAID.dated);
      inputs.field(actuals, value, ACTUAL.date);
      inputs.put(SAID.datedKind);
      return;
    default:
      inputs.put(SAID.actual);
      inputs.put(SAID.unfinished);
  }
}
