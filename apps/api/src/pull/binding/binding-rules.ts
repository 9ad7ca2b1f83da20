import type { PullSourceKind } from '@jiheng/contract';
import { type Refusal, type Result, ok, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { Db } from '../../platform/database/tx';
import { isJsonPath } from '../connectors/http-json/json-rows';
import { PullRepository } from '../pull.repository';
import { isPath } from '../source-connector';
import { type Binding, fieldsOf } from './binding';
import { formulaLacks, readFormula } from './formula';

/** Whether bindings may be what somebody wants them to be: the same for those that are saved and those that are only tried. */
@Injectable()
export class BindingRules {
  constructor(private readonly pulls: PullRepository) {}

  /** Names of the indicators; refuses unknown or repeated indicators, a path that is none, a binding without a field, a formula that cannot be read, and one that uses what is not fetched. */
  async check(db: Db, unitId: string, kind: PullSourceKind, bindings: readonly Binding[]): Promise<Result<ReadonlyMap<string, string>>> {
    const known = await this.pulls.knownIndicators(db, unitId);
    const malformed = kind === 'HTTP_JSON' ? fieldsOf(bindings).find((field) => isPath(field) && !isJsonPath(field)) : undefined;
    if (malformed !== undefined) return refuse('pull.path-unreadable', { path: malformed });
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
}

/** The refusal names the row it is about, so that it is said there. */
function atRow(refusal: Refusal, { indicatorKey }: Binding): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { ...refusal, params: { ...refusal.params, indicatorKey } } };
}
