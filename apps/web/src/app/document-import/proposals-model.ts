import { signal } from '@angular/core';
import type { DocumentImportView, ProposeActuals, ProposedActualsView } from '@jiheng/contract';
import { Load } from '../api/load';
import type { Answer, Problem } from '../api/problem';

/** What the model asks of the server. */
export interface ProposalsGateway {
  /** @param quarter the one a person chose; null: the one the form speaks of */
  read(at: number, quarter: number | null): Promise<Answer<ProposedActualsView>>;
  propose(at: number, body: ProposeActuals): Promise<Answer<DocumentImportView>>;
}

/** 作为本期候选值: what a monitoring form would put beside the cells of its report, and the click that does so. */
export class ProposalsModel {
  readonly load = new Load<ProposedActualsView>();
  /** The table `load` is about; -1 before any. */
  readonly at = signal(-1);
  readonly busy = signal(false);
  /** Why the proposal was refused. */
  readonly problem = signal<Problem | null>(null);
  private quarter: number | null = null;

  constructor(private readonly gateway: ProposalsGateway) {}

  /** Reads what the form says now; a quarter that was chosen for it stays chosen. */
  async read(at: number): Promise<void> {
    if (at !== this.at()) this.quarter = null;
    await this.load.run(() => this.gateway.read(at, this.quarter));
    this.at.set(at);
  }

  async choose(quarter: number): Promise<void> {
    this.quarter = quarter;
    this.problem.set(null);
    await this.read(this.at());
  }

  /** Puts the values and explanations of these rows, and the money, beside what stands in the report. @returns the import as it now is; null when it was refused */
  async propose(keys: readonly string[], explained: readonly string[] = [], money = false): Promise<DocumentImportView | null> {
    const quarter = this.load.value()?.quarter;
    if (quarter == null || (keys.length + explained.length === 0 && !money) || this.busy()) return null;
    this.busy.set(true);
    const answer = await this.gateway.propose(this.at(), { quarter, keys: [...keys], explained: [...explained], money });
    this.busy.set(false);
    this.problem.set(answer.ok ? null : answer.problem);
    // Also after a refusal: the report may have been handed on meanwhile.
    await this.read(this.at());
    return answer.ok ? answer.value : null;
  }
}
