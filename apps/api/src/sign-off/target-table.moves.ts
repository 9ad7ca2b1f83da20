import { type Guard, type Result, TARGET_TABLE_WORKFLOW, type Workflow, compareDecimal, refuse, sayFinding, totalWeight } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { RulesInForce } from '../budget-unit/budget-unit.public';
import type { Tx } from '../platform/database/tx';
import { type TargetTableState, TargetTables, findingsOf } from '../target-table/target-table.public';
import { type Blocker, type DocumentMoves, type FoundGuards, type MovableDocument, guardsFrom } from './document-moves';

/** 绩效目标表: its weights and its wording before it goes on. */
@Injectable()
export class TargetTableMoves implements DocumentMoves {
  readonly kind = 'TARGET_TABLE';
  readonly scored = null;
  readonly notFound = 'target-table.not-found';
  readonly workflow = TARGET_TABLE_WORKFLOW as unknown as Workflow<string, string>;

  constructor(private readonly tables: TargetTables, private readonly rules: RulesInForce) {}

  lock(tx: Tx, id: string): Promise<MovableDocument | null> {
    return this.tables.lock(tx, id);
  }

  setState(tx: Tx, document: MovableDocument, to: string): Promise<Result<number>> {
    return this.tables.setState(tx, document.id, to as TargetTableState);
  }

  async findGuards(tx: Tx, document: MovableDocument, guards: readonly Guard[]): Promise<FoundGuards> {
    const loaded = await this.tables.load(tx, document.id);
    if (loaded === null) return { guards: {}, blockers: [] };
    const total = totalWeight(loaded.table.indicators);
    const rules = await this.rules.of(tx, loaded.head.unitPath, loaded.head.fiscalYear);
    const expected = rules.targetWeightTotal;
    // 100 by the rows alone is lawful and has no execution row then (decision 2).
    const weightsComplete = compareDecimal(total, expected) === 0 || compareDecimal(total, '100') === 0;
    const weights: Blocker[] = weightsComplete ? [] : [{ guard: 'weightsComplete', indicatorId: null, refusal: refuse('target-table.weights-not-total', { found: total, expected }).refusal }];
    const findings: Blocker[] = findingsOf(loaded, rules).filter((finding) => finding.severity === 'ERROR' && !finding.code.startsWith('Q-W1')).map((finding) => ({
      guard: 'findingsCleared', indicatorId: finding.row === null ? null : (loaded.indicators[finding.row]?.id ?? null),
      refusal: refuse('open.finding', { message: finding.message, messageEn: sayFinding(finding, 'en') }).refusal,
    }));
    return guardsFrom(guards, [...weights, ...findings]);
  }

  async recordersOf(tx: Tx, document: MovableDocument): Promise<readonly string[]> {
    return (await this.tables.head(tx, document.id))?.recorders ?? [];
  }

  async signedContent(tx: Tx, document: MovableDocument): Promise<unknown> {
    const loaded = await this.tables.load(tx, document.id);
    return { table: loaded?.table, version: loaded?.head.version, lead: loaded?.lead };
  }
}
