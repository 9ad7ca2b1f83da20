import type { FindingView, ImportPreview } from '@jiheng/contract';
import { addDecimal, type Indicator, ok, refuse, type Refusal, type Result, sayRefusal } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { UnitOfWork } from '../platform/database/unit-of-work';
import type { ArrivedFile } from '../platform/http/receive-file';
import { DraftTargetTableService } from './draft-target-table.service';
import { DocumentReader, type ReadDocument } from './document-reader';
import { readTargetTableBody } from './target-table-body';
import { TargetTableRepository } from './target-table.repository';
import { toFindingView } from './target-table-view.query';

type ReadTable = ReadDocument['tables'][number];

/** 绩效目标表 out of a document: what was read and what is doubtful in it; with `commit`, each table becomes a draft of the unit. */
@Injectable()
export class ImportTargetTableService {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly tables: TargetTableRepository, private readonly drafts: DraftTargetTableService, private readonly access: Access,
    private readonly reader: DocumentReader,
  ) {}

  /** Refusals: those of the reader (`document.*`, `import.*`) and the right to draft for the unit. A table that cannot be drafted is told as a finding. */
  async import(actor: Actor, unitId: string, file: ArrivedFile, commit: boolean): Promise<Result<ImportPreview>> {
    const unit = await this.tables.unitOf(this.unitOfWork.db, unitId);
    if (unit === null) return refuse('house.not-found');
    const allowed = this.access.requireRole(actor, ['reporter'], unit.path);
    if (!allowed.ok) return allowed;
    const read = await this.reader.read(file);
    if (!read.ok) return read;
    const findings = read.value.findings.map(toFindingView);
    const tables: ImportPreview['tables'] = [];
    for (const table of read.value.tables) {
      const made = commit ? await this.draft(actor, unitId, unit.name, table) : null;
      if (made !== null && !made.ok) findings.push(refusedTable(made.refusal, tables.length));
      tables.push(toPreview(table, made?.ok === true ? made.value : null));
    }
    return ok({ fileName: file.name, tables, findings });
  }

  private draft(actor: Actor, unitId: string, unitName: string, table: ReadTable): Promise<Result<string>> {
    return this.unitOfWork.run(async (tx) => {
      const lawful = readTargetTableBody({
        subject: table.subject, fiscalYear: table.fiscalYear, project: table.project, lead: null, goalText: table.goalText, budget: { ...table.budget },
        // Keys are made anew: those of a document are only places in it.
        indicators: table.indicators.map((row) => ({ ...toIndicatorBody(row), key: '' })),
      }, unitName);
      return lawful.ok ? this.drafts.draft(tx, actor, unitId, lawful.value, null) : lawful;
    });
  }
}

function toIndicatorBody(row: Indicator): Indicator {
  return {
    key: row.key, level1: row.level1, level2: row.level2, name: row.name, target: { ...row.target }, direction: row.direction, weight: row.weight, basis: row.basis,
    previousActual: row.previousActual, scoringRule: row.scoringRule, evidence: row.evidence, accumulation: row.accumulation, passThreshold: row.passThreshold,
  };
}

function toPreview(table: ReadTable, createdTableId: string | null): ImportPreview['tables'][number] {
  return {
    subject: table.subject, fiscalYear: table.fiscalYear, budgetUnit: table.budgetUnit, project: table.project, goalText: table.goalText, budget: { ...table.budget },
    indicators: table.indicators.map((row) => ({ ...toIndicatorBody(row), confidence: row.confidence, place: row.source.place })),
    weightTotal: addDecimal(...table.indicators.map((row) => row.weight)), createdTableId: createdTableId as ImportPreview['tables'][number]['createdTableId'],
  };
}

function refusedTable(refusal: Refusal, table: number): FindingView {
  return { code: refusal.code, severity: 'ERROR', table, row: null, message: sayRefusal(refusal), messageEn: sayRefusal(refusal, 'en'), expected: null, found: null };
}
