import type { PullSourceKind } from '@jiheng/contract';
import { type Refusal, type Result, ok, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { Db } from '../../platform/database/tx';
import { isJsonPath } from '../connectors/http-json/json-rows';
import { PullRepository } from '../pull.repository';
import { isPath } from '../source-connector';
import { type Binding, fieldsOf } from './binding';
import { unitFits } from './binding-units';
import { formulaLacks, readFormula } from './formula';

/** Whether bindings may be what somebody wants them to be: the same for those that are saved and those that are only tried. */
@Injectable()
export class BindingRules {
  constructor(private readonly pulls: PullRepository) {}

  /** Names of the indicators; refuses unknown or repeated indicators, a path that is none, a binding without a field, a formula that cannot be read, and one that uses what is not fetched. */
  async check(db: Db, unitId: string, kind: PullSourceKind, bindings: readonly Binding[]): Promise<Result<ReadonlyMap<string, string>>> {
    const known = await this.pulls.knownIndicators(db, unitId);
    const readable = pathsReadable(kind, bindings);
    if (!readable.ok) return readable;
    const seen = new Set<string>();
    for (const one of bindings) {
      const name = known.get(one.indicatorKey);
      if (name === undefined) return refuse('pull.indicator-unknown', { key: one.indicatorKey });
      if (seen.has(one.indicatorKey)) return refuse('pull.indicator-twice', { key: name });
      seen.add(one.indicatorKey);
      const hasParts = one.numeratorField !== '' && one.denominatorField !== '';
      if ((one.numeratorField === '') !== (one.denominatorField === '') || (one.field === '' && !hasParts)) return refuse('pull.binding-incomplete', { name, indicatorKey: one.indicatorKey });
      if (one.formula === '') continue;
      const formula = readFormula(one.formula);
      if (!formula.ok) return atRow(formula.refusal, one);
      for (const used of formula.value.names) {
        if (used === 'value' ? one.field === '' : !hasParts) return atRow(formulaLacks(one.formula, used).refusal, one);
      }
    }
    return ok(known);
  }

  /**
   * Refuses to save what could never bring a value: a path that is none, a unit that cannot be told in that of the row. A trial says it at the row instead, and what stood there before stays as it
   * was: whoever changes the name of an old source need not mend a row that the form does not even show.
   */
  async checkNew(db: Db, unitId: string, kind: PullSourceKind, wished: readonly Binding[], stored: readonly Binding[]): Promise<Result<void>> {
    const known = new Set(stored.map(textOf));
    const added = wished.filter((one) => !known.has(textOf(one)));
    const readable = pathsReadable(kind, added);
    if (!readable.ok) return readable;
    const rows = new Map((await this.pulls.rowUnits(db, unitId, added.map((one) => one.indicatorKey))).map((row) => [row.key, row]));
    for (const one of added) {
      const row = rows.get(one.indicatorKey);
      const fits = row === undefined ? ok(undefined) : unitFits(one, row);
      if (!fits.ok) return fits;
    }
    return ok(undefined);
  }
}

/** Refuses the first field that is written as a path and is none. */
function pathsReadable(kind: PullSourceKind, bindings: readonly Binding[]): Result<void> {
  const malformed = kind === 'HTTP_JSON' ? fieldsOf(bindings).find((field) => isPath(field) && !isJsonPath(field)) : undefined;
  return malformed === undefined ? ok(undefined) : refuse('pull.path-unreadable', { path: malformed });
}

function textOf({ indicatorKey, field, unit, formula, numeratorField, denominatorField }: Binding): string {
  return JSON.stringify([indicatorKey, field, unit, formula, numeratorField, denominatorField]);
}

/** The refusal names the row it is about, so that it is said there. */
function atRow(refusal: Refusal, { indicatorKey }: Binding): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { ...refusal, params: { ...refusal.params, indicatorKey } } };
}
