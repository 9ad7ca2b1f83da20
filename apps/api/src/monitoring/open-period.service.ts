import { ok, periodWords, quarters, refuse, type Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail, THE_HOUSE } from '../platform/audit/audit-trail';
import { Clock } from '../platform/clock/clock';
import type { Tx } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { Outbox } from '../platform/outbox/outbox';
import { JobRuns } from '../platform/queue/job-runs';
import { TargetTables } from '../target-table/target-table.public';
import { monitoringReportOpened, periodOpened, type StoredPeriod } from './monitoring.public';
import { MonitoringReportRepository } from './monitoring-report.repository';
import { openPeriod } from './open-period.job';
import { PeriodRepository } from './period.repository';

/** Days after the end of a quarter on which its report is due; the fourth waits for the closing of the books. */
const DUE_DAYS = [15, 15, 15, 31] as const;

/** Tables whose reports are opened in one transaction, or as many as one unit has. */
const AT_ONCE = 500;

/** Reports of a period come into being: one for every table in force, as often as it is asked. */
@Injectable()
export class OpenPeriodService {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly periods: PeriodRepository, private readonly reports: MonitoringReportRepository,
    private readonly targetTables: TargetTables, private readonly outbox: Outbox, private readonly jobRuns: JobRuns, private readonly audit: AuditTrail,
    private readonly access: Access, private readonly clock: Clock,
  ) {}

  /** The four quarters of a year exist from here on. */
  async ensureYear(tx: Tx, fiscalYear: number): Promise<StoredPeriod[]> {
    await this.periods.ensure(tx, quarters(fiscalYear, [...DUE_DAYS]));
    return this.periods.ofYear(tx, fiscalYear);
  }

  /** Somebody of finance, a department or the administration asks for a period to be opened in their scope. @returns the visible job */
  request(actor: Actor, periodId: string): Promise<Result<{ jobRunId: string }>> {
    return this.unitOfWork.run(async (tx) => {
      const period = await this.periods.byId(tx, periodId);
      if (period === null) return refuse('period.not-found');
      if (this.clock.today() < period.startsOn) return refuse('period.not-begun', { ...periodWords(period), startsOn: period.startsOn });
      const reach = actor.roles.filter((held) => held.role === 'finance' || held.role === 'department' || held.role === 'administrator').map((held) => held.path);
      if (reach.length === 0) return refuse('house.not-allowed');
      const jobRunId = await this.jobRuns.create(tx, {
        name: openPeriod.name, titleZh: `开启 ${period.fiscalYear}年${period.label}填报`, titleEn: `Open ${period.fiscalYear} Q${period.ordinal}`,
        unitId: null, requestedBy: actor.personId, link: null,
      });
      const put = await this.outbox.put(tx, openPeriod, { periodId, pathPatterns: reach.map((path) => `${path}%`).sort() }, { jobRunId, dedupKey: `open-period/${periodId}/${reach.sort().join(',')}` });
      await this.audit.append(tx, actor, 'period.open-requested', periodId);
      return ok({ jobRunId: put.jobRunId ?? jobRunId });
    });
  }

  /**
   * Opens a period for the tables in force below some units (null: all), unit after unit and some units in one transaction, so that a run which is stopped half-way has opened what it
   * says and the next one goes on there. What was opened is told of once, at the end. @returns how many reports were opened now
   */
  async open(periodId: string, pathPatterns: readonly string[] | null, progress: (done: number, total: number, at: string) => Promise<void>, stopped: () => Promise<boolean>): Promise<number> {
    const { db } = this.unitOfWork;
    const period = await this.periods.byId(db, periodId);
    if (period === null) return 0;
    const units = await this.reports.unitsToOpen(db, period, pathPatterns);
    const total = units.reduce((sum, unit) => sum + unit.tables, 0);
    const pieces = inPieces(units);
    let [opened, done] = [0, 0];
    for (const [nth, some] of pieces.entries()) {
      if (await stopped()) {
        if (nth > 0) await this.giveUp(periodId);
        return opened;
      }
      opened += await this.unitOfWork.always(async (tx) => {
        const made = await this.openUnits(tx, some.map((unit) => unit.id), period);
        // With the last of them and not after it: whoever begins anew where a process died would find nothing left to open, and nobody would be told.
        if (nth === pieces.length - 1) await this.tellOpened(tx, periodId);
        return made;
      });
      done += some.reduce((sum, unit) => sum + unit.tables, 0);
      await progress(done, total, some.at(-1)?.name ?? '');
    }
    if (pathPatterns === null) await this.unitOfWork.always((tx) => this.periods.markOpened(tx, periodId, this.clock.now()));
    return opened;
  }

  /** Nothing more is opened: the last attempt failed, or somebody took the job back. What was opened stays open. */
  async giveUp(periodId: string): Promise<void> {
    await this.unitOfWork.always((tx) => this.tellOpened(tx, periodId));
  }

  /** The points of reports that are open and have none are to be found. */
  private async tellOpened(tx: Tx, periodId: string): Promise<void> {
    await this.outbox.put(tx, periodOpened, { periodId }, { dedupKey: `period-opened/${periodId}` });
  }

  /** Opens every period that has begun by today and is not open yet. */
  async openBegun(): Promise<number> {
    const today = this.clock.today();
    await this.unitOfWork.always((tx) => this.ensureYear(tx, Number(today.slice(0, 4))));
    let opened = 0;
    for (const period of await this.periods.unopenedBy(this.unitOfWork.db, today)) {
      opened += await this.open(period.id, null, async () => undefined, async () => false);
    }
    return opened;
  }

  /** A table came into force: its unsigned reports follow it, and the periods of its year that have begun are opened. */
  async openForTable(tableId: string): Promise<void> {
    await this.unitOfWork.always(async (tx) => {
      const head = await this.targetTables.lock(tx, tableId);
      if (head === null || head.state !== 'APPROVED') return;
      await this.ensureYear(tx, head.fiscalYear);
      for (const reportId of await this.reports.carryOver(tx, tableId, head.lineageId)) {
        await this.outbox.put(tx, monitoringReportOpened, { reportId });
        await this.audit.append(tx, THE_HOUSE, 'monitoring-report.carried-over', reportId, { tableId, version: String(head.version) });
      }
      for (const period of await this.periods.begunOf(tx, head.fiscalYear, this.clock.today())) await this.openOne(tx, tableId, head.lineageId, period.id);
    });
  }

  private async openUnits(tx: Tx, unitIds: readonly string[], period: StoredPeriod): Promise<number> {
    const made = await this.reports.openAll(tx, unitIds, period);
    await this.audit.appendAll(tx, THE_HOUSE, 'monitoring-report.opened', made.map(({ id, tableId }) => ({ id, facts: { tableId } })));
    return made.length;
  }

  private async openOne(tx: Tx, tableId: string, lineageId: string, periodId: string): Promise<boolean> {
    const reportId = await this.reports.open(tx, tableId, lineageId, periodId);
    if (reportId === null) return false;
    await this.outbox.put(tx, monitoringReportOpened, { reportId });
    await this.audit.append(tx, THE_HOUSE, 'monitoring-report.opened', reportId, { tableId });
    return true;
  }
}

/** Neighbours in the tree together, so many as have some hundred tables. */
function inPieces<U extends { readonly tables: number }>(units: readonly U[]): U[][] {
  const pieces: U[][] = [];
  let held = AT_ONCE;
  for (const unit of units) {
    if (held + unit.tables > AT_ONCE) {
      pieces.push([]);
      held = 0;
    }
    pieces.at(-1)?.push(unit);
    held += unit.tables;
  }
  return pieces;
}
