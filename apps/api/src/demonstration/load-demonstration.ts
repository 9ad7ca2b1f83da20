import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ActualBody, type Role, pullSourceSettings } from '@jiheng/contract';
import { type Indicator, parseActualText, type PerformanceTargetTable, type Result, sayRefusal, subtractDecimal, type UnitBudget } from '@jiheng/domain';
import { theTable } from '@jiheng/domain/testing';
import type { INestApplicationContext } from '@nestjs/common';
import { RecordExecutionService } from '../budget-execution/record-execution.service';
import { BudgetUnitEntity } from '../budget-unit/budget-unit.entity';
import { hashPassword } from '../budget-unit/password';
import { PersonEntity } from '../budget-unit/person.entity';
import { RoleAssignmentEntity } from '../budget-unit/role-assignment.entity';
import { ExplainDeviationService } from '../monitoring/explain-deviation.service';
import { MonitoringReports } from '../monitoring/monitoring.public';
import { OpenPeriodService } from '../monitoring/open-period.service';
import { RecordActualService } from '../monitoring/record-actual.service';
import type { Actor } from '../platform/access/actor';
import { Clock } from '../platform/clock/clock';
import { AppConfig } from '../platform/config/app-config';
import { newId } from '../platform/database/new-id';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { CreatePullSource } from '../pull/create-pull-source.service';
import { StartPull } from '../pull/start-pull.service';
import type { DocumentMoves } from '../sign-off/document-moves';
import { MonitoringReportMoves } from '../sign-off/monitoring-report.moves';
import { MoveDocument } from '../sign-off/move-document.service';
import { TargetTableMoves } from '../sign-off/target-table.moves';
import { Scores } from '../scoring/scoring.public';
import { DraftTargetTableService } from '../target-table/draft-target-table.service';
import accounts from './accounts.json';
import { explanationFor } from './explanations';
import { type DemonstrationTable, demonstrationYear, RETURN_OPINION } from './quarters';

/** The day on which the demonstration stands: the fourth quarter of 2024 is being entered. */
export const DEMONSTRATION_DAY = '2025-01-09';

type Place = 'root' | 'kz-finance' | 'kz-department' | 'kz' | 'mn-finance' | 'mn-department' | 'mn';

const PLACES: readonly (readonly [Place, string, string, 'FINANCE' | 'DEPARTMENT' | 'UNIT', Place | null])[] = [
  ['root', '65', '自治区（演示）', 'FINANCE', null],
  ['kz-finance', '653000', '克孜勒苏柯尔克孜自治州财政局', 'FINANCE', 'root'],
  ['kz-department', '653000-132', '克孜勒苏柯尔克孜自治州人力资源和社会保障局', 'DEPARTMENT', 'kz-finance'],
  ['kz', '653000-132001', '克孜勒苏柯尔克孜自治州社会保险中心', 'UNIT', 'kz-department'],
  ['mn-finance', '652324', '玛纳斯县财政局', 'FINANCE', 'root'],
  ['mn-department', '652324-132', '玛纳斯县人力资源和社会保障局', 'DEPARTMENT', 'mn-finance'],
  ['mn', '652324-132001', '玛纳斯县社会保险中心', 'UNIT', 'mn-department'],
];

/** On which days the demonstration year happened: entered, submitted, reviewed, signed. */
const DAYS: readonly (readonly [string, string, string, string])[] = [
  ['2024-04-08', '2024-04-09', '2024-04-10', '2024-04-11'], ['2024-07-08', '2024-07-09', '2024-07-10', '2024-07-11'],
  ['2024-10-09', '2024-10-10', '2024-10-11', '2024-10-12'], ['2025-01-06', '2025-01-07', '2025-01-08', '2025-01-08'],
];

/** What the sources of the fourth quarter say: 户数 as their systems count them, not as the forms print them. */
const SHEETS: readonly { readonly place: Place; readonly name: string; readonly rows: readonly (readonly [string, string, string, string])[] }[] = [
  { place: 'kz', name: '社保核心系统季度导出（CSV）', rows: [
    ['KZ-U2', 'pension.institution.insured', '58412', '人'], ['KZ-U3', 'pension.enterprise.insured', '64418', '人'], ['KZ-U4', 'injury.insured', '99950', '人'],
    ['KZ-U5', 'unemployment.insured', '68500', '人'], ['KZ-U6', 'pension.resident.insured', '264000', '人'],
  ] },
  { place: 'mn', name: '待遇发放系统季度导出（CSV）', rows: [['MN-B1', 'subsidy.recipients', '236', '人'], ['MN-B4', 'subsidy.months', '3', '个月'], ['MN-B7', 'subsidy.satisfaction', '95.6', '%']] },
];

/**
 * Acts out the demonstration year through the product's own deeds, day by day: two centres, six published tables approved in January,
 * three quarters entered, reviewed and signed, the fourth in every state there is, candidates from two sources waiting.
 * Does nothing when anybody exists already. Afterwards the clock stands on {@link DEMONSTRATION_DAY} or the day that was set.
 */
export async function loadDemonstration(app: INestApplicationContext): Promise<boolean> {
  const unitOfWork = app.get(UnitOfWork, { strict: false });
  if (await unitOfWork.db.manager.existsBy(PersonEntity, {})) return false;
  const year = new DemonstrationYear(app);
  await year.makePeople();
  for (const name of Object.keys(demonstrationYear)) await year.approve(name);
  await year.openYear();
  for (const name of Object.keys(demonstrationYear)) await year.actOut(name);
  await year.pull();
  return true;
}

class DemonstrationYear {
  private readonly people = new Map<string, Actor>();
  private readonly units = new Map<Place, { id: string; code: string; path: string; name: string }>();
  private readonly unitOfWork: UnitOfWork;
  private readonly clock: Clock;
  private readonly reports: MonitoringReports;
  private readonly moves: MoveDocument;
  private readonly reportMoves: MonitoringReportMoves;
  private readonly tableMoves: TargetTableMoves;
  private readonly reportIds = new Map<string, string>();
  private periodIds: readonly string[] = [];

  constructor(private readonly app: INestApplicationContext) {
    this.unitOfWork = app.get(UnitOfWork, { strict: false });
    this.clock = app.get(Clock, { strict: false });
    this.reports = app.get(MonitoringReports, { strict: false });
    this.moves = app.get(MoveDocument, { strict: false });
    this.reportMoves = app.get(MonitoringReportMoves, { strict: false });
    this.tableMoves = app.get(TargetTableMoves, { strict: false });
  }

  async makePeople(): Promise<void> {
    const passwordHash = await hashPassword(accounts.password);
    await this.unitOfWork.always(async (tx) => {
      for (const [place, code, name, kind, above] of PLACES) {
        const id = newId();
        const parent = above === null ? null : this.unit(above);
        const path = `${parent?.path ?? '/'}${id}/`;
        await tx.manager.insert(BudgetUnitEntity, { id, code, name, kind, parentId: parent?.id ?? null, path, regionCode: kind === 'FINANCE' ? code : null });
        this.units.set(place, { id, code, path, name });
      }
      for (const { login, unit, role, title } of accounts.accounts) {
        const personId = newId();
        const displayName = title.split(' · ')[0] ?? title;
        const at = this.unit(unit as Place);
        await tx.manager.insert(PersonEntity, { id: personId, login, displayName, passwordHash, active: true, mustChangePassword: false });
        await tx.manager.insert(RoleAssignmentEntity, { personId, role: role as Role, unitId: at.id });
        this.people.set(login, { personId, login, displayName, roles: [{ role: role as Role, unitId: at.id, unitName: at.name, path: at.path }] });
      }
    });
  }

  /** One table from draft to in force, on the days of the year's calendar. */
  async approve(name: string): Promise<void> {
    const place = placeOf(name);
    const table = theTable(name as Parameters<typeof theTable>[0]);
    this.clock.holdAt('2023-11-20');
    const body = { subject: table.subject, fiscalYear: table.fiscalYear, unitId: this.unit(place).id, project: table.project, lead: table.project === null ? null : '项目负责人', goalText: table.goalText, budget: table.budget, indicators: table.indicators };
    const drafts = this.app.get(DraftTargetTableService, { strict: false });
    const id = expected(await drafts.create(this.person(`${place}-reporter`), body as unknown as Parameters<typeof drafts.create>[1]), `draft ${name}`);
    for (const [day, move, who] of [
      ['2023-11-21', 'submit', `${place}-reporter`], ['2023-11-23', 'review', `${place}-reviewer`], ['2023-11-24', 'sign', `${place}-manager`],
      ['2023-12-08', 'acceptDepartment', `${place}-department`], ['2024-01-05', 'approve', `${place}-finance`],
    ] as const) await this.move(day, this.tableMoves, id, move, who);
  }

  /** Opens the four quarters for all tables in force and learns which report is whose. */
  async openYear(): Promise<void> {
    const opening = this.app.get(OpenPeriodService, { strict: false });
    this.clock.holdAt('2024-01-08');
    const periods = await this.unitOfWork.always((tx) => opening.ensureYear(tx, 2024));
    this.periodIds = periods.map((period) => period.id);
    for (const period of periods) {
      this.clock.holdAt(period.startsOn > '2024-01-08' ? period.startsOn : '2024-01-08');
      await opening.open(period.id, null, async () => undefined, async () => false);
    }
    const rows: { id: string; ordinal: number; unit: string; project: string }[] = await this.unitOfWork.db.manager.query(
      `select r.id, p.ordinal, u.name as unit, t.project from monitoring_report r join reporting_period p on p.id = r.period_id
       join performance_target_table t on t.id = r.table_id join budget_unit u on u.id = t.unit_id`);
    for (const name of Object.keys(demonstrationYear)) {
      const table = theTable(name as Parameters<typeof theTable>[0]);
      for (const row of rows) if (row.unit === table.budgetUnit && row.project === (table.project ?? '')) this.reportIds.set(`${name}/${row.ordinal}`, row.id);
    }
  }

  async actOut(name: string): Promise<void> {
    const plan = demonstrationYear[name] as DemonstrationTable;
    const table = theTable(name as Parameters<typeof theTable>[0]);
    const place = placeOf(name);
    for (const [at, [entered, submitted, reviewed, signed]] of DAYS.entries()) {
      const reportId = this.reportIds.get(`${name}/${at + 1}`);
      if (reportId === undefined) throw new Error(`quarter ${at + 1} of ${name} was not opened`);
      const goal = at < 3 ? 'SIGNED' : plan.fourth;
      await this.enter(entered, reportId, name, table, plan, at);
      if (goal === 'DRAFT') continue;
      await this.explain(entered, reportId, `${place}-reporter`, at + 1);
      await this.move(submitted, this.reportMoves, reportId, 'submit', `${place}-reporter`);
      if (goal === 'RETURNED') await this.move(reviewed, this.reportMoves, reportId, 'return', `${place}-reviewer`, RETURN_OPINION);
      if (goal === 'REVIEWED' || goal === 'SIGNED') await this.move(reviewed, this.reportMoves, reportId, 'review', `${place}-reviewer`);
      if (goal === 'SIGNED') await this.move(signed, this.reportMoves, reportId, 'sign', `${place}-manager`);
    }
  }

  /** Sources beside the fourth quarter: their sheets are laid into the units' own folders below the pull folder, and asked for through the queue like any other pull. */
  async pull(): Promise<void> {
    this.clock.holdAt(undefined);
    const root = this.app.get(AppConfig, { strict: false }).PULL_FOLDER_ROOT;
    if (root === undefined) return;
    for (const { place, name, rows } of SHEETS) {
      const { id: unitId, code: folder } = this.unit(place);
      await mkdir(join(root, folder), { recursive: true });
      await writeFile(join(root, folder, '2024Q4.csv'), `\uFEFF指标编码,数值\r\n${rows.map(([, field, value]) => `${field},${value}`).join('\r\n')}\r\n`);
      const reporter = this.person(`${place}-reporter`);
      const { id } = expected(await this.app.get(CreatePullSource, { strict: false }).create(reporter, {
        unitId: unitId as never, name, kind: 'SHEET_FOLDER', place: `${folder}/{period}.csv`, rowsPath: '$.rows[*]', keyField: '指标编码', valueField: '数值', settings: pullSourceSettings.parse({}), secrets: {},
        mappings: rows.map(([indicatorKey, field, , unit]) => ({ indicatorKey, field, unit })),
      }), `source ${name}`);
      expected(await this.app.get(StartPull, { strict: false }).start(reporter, id, this.periodIds[3] ?? ''), `pull ${name}`);
    }
  }

  private async enter(day: string, reportId: string, name: string, table: PerformanceTargetTable, plan: DemonstrationTable, at: number): Promise<void> {
    this.clock.holdAt(day);
    const reporter = this.person(`${placeOf(name)}-reporter`);
    const recording = this.app.get(RecordActualService, { strict: false });
    const inputs = await this.reports.loadScoringInputs(this.unitOfWork.db, reportId);
    for (const [row, indicator] of table.indicators.entries()) {
      const text = plan.cells[at]?.[row] ?? '';
      const place = inputs?.rows.find((one) => one.indicator.key === indicator.key);
      if (text === '' || place === undefined) continue;
      expected(await recording.record(reporter, reportId, place.indicatorId, { requestId: randomUUID(), expectedRevision: 0, actual: typed(text, indicator) }), `${indicator.key} “${text}”`);
    }
    const executed = plan.executed[at] ?? null;
    const total = table.budget.total;
    if (executed === null || total === null) return;
    expected(await this.app.get(RecordExecutionService, { strict: false }).record(reporter, reportId, {
      requestId: randomUUID(), expectedRevision: 0, reason: null, rows: moneyOf(table, total, executed, plan.executedFrom?.[at]),
    }), `money of ${name}`);
  }

  /** Writes what the rows owe, as the workflow itself finds it. */
  private async explain(day: string, reportId: string, who: string, quarter: number): Promise<void> {
    this.clock.holdAt(day);
    const scores = this.app.get(Scores, { strict: false });
    const owed = await this.unitOfWork.always(async (tx) => {
      const score = expected(await scores.scoreNow(tx, 'MONITORING_REPORT', reportId), 'score');
      const document = await this.reportMoves.lock(tx, reportId);
      if (document === null) throw new Error('the report is gone');
      const { blockers } = await this.reportMoves.findGuards(tx, document, ['explanationsGiven'], score);
      return blockers.filter((blocker) => blocker.guard === 'explanationsGiven').map((blocker) => blocker.indicatorId);
    });
    const rows = (await this.reports.loadScoringInputs(this.unitOfWork.db, reportId))?.rows ?? [];
    for (const indicatorId of owed) {
      const row = rows.find((one) => one.indicatorId === indicatorId);
      if (row === undefined) continue;
      const { causes, sentence, measures, likelihood, forecast } = explanationFor(row.indicator.key, row.indicator.name, quarter);
      expected(await this.app.get(ExplainDeviationService, { strict: false }).explain(this.person(who), reportId, row.indicatorId, {
        requestId: randomUUID(), expectedRevision: 0, explanation: { causes: [...causes], sentence, measures, likelihood: likelihood ?? null, forecast: forecast ?? null },
      }), `explanation of ${row.indicator.key}`);
    }
  }

  private async move(day: string, kind: DocumentMoves, id: string, move: string, who: string, opinion?: string): Promise<void> {
    this.clock.holdAt(day);
    const [revision, scoreId] = await this.unitOfWork.always(async (tx) => {
      const score = kind.scored === null ? null : expected(await this.app.get(Scores, { strict: false }).scoreNow(tx, kind.scored, id), 'score');
      const document = await kind.lock(tx, id);
      if (document === null) throw new Error(`nothing to ${move}`);
      return [document.revision, score?.id ?? null] as const;
    });
    expected(await this.moves.move(this.person(who), kind, id, { move, expectedRevision: revision, ...(opinion === undefined ? {} : { opinion }), scoreId }), `${move} by ${who}`);
  }

  private unit(place: Place): { id: string; code: string; path: string; name: string } {
    const unit = this.units.get(place);
    if (unit === undefined) throw new Error(`no unit ${place}`);
    return unit;
  }

  private person(login: string): Actor {
    const person = this.people.get(login);
    if (person === undefined) throw new Error(`no account ${login}`);
    return person;
  }
}

function placeOf(name: string): 'kz' | 'mn' {
  return name.startsWith('KZ') ? 'kz' : 'mn';
}

/** What a person would type, read by the same law that reads the cells of the grid. */
function typed(text: string, indicator: Indicator): ActualBody {
  return expected(parseActualText(text, indicator), `${indicator.key} “${text}”`) as ActualBody;
}

function expected<T>(result: Result<T>, what: string): T {
  if (!result.ok) throw new Error(`the demonstration could not be made: ${what}: ${sayRefusal(result.refusal, 'en')}`);
  return result.value;
}

/** The money lines of the form: a project lives on this year's appropriation alone, as its published table says; a unit's table names the budget of each source. */
function moneyOf(table: PerformanceTargetTable, total: string, executed: string, from: { readonly higherLevel: string; readonly other: string } | undefined) {
  const line = <P extends string>(part: P, budget: string, spent: string) => ({ part, initial: budget, adjusted: budget, executed: spent });
  if (table.subject === 'PROJECT') return [line('TOTAL', total, executed), line('FISCAL', total, executed), line('CARRY_OVER', '0', '0'), line('OTHER', '0', '0')];
  const { higherLevel = null, localLevel = null, other } = { ...table.budget } as Partial<UnitBudget>;
  if (from === undefined || higherLevel === null || localLevel === null || other == null) return [line('TOTAL', total, executed)];
  const local = subtractDecimal(subtractDecimal(executed, from.higherLevel), from.other);
  return [line('TOTAL', total, executed), line('HIGHER_LEVEL', higherLevel, from.higherLevel), line('LOCAL_LEVEL', localLevel, local), line('OTHER', other, from.other)];
}
