import 'reflect-metadata';
import type { Role } from '@jiheng/contract';
import { quarters } from '@jiheng/domain';
import { theTable } from '@jiheng/domain/testing';
import type { DataSource } from 'typeorm';
import { hashPassword } from '../src/budget-unit/password';
import { MonitoringReportRepository } from '../src/monitoring/monitoring-report.repository';
import { PeriodRepository } from '../src/monitoring/period.repository';
import { newId } from '../src/platform/database/new-id';
import { UnitOfWork } from '../src/platform/database/unit-of-work';
import { TargetTableRepository } from '../src/target-table/target-table.repository';
import { type TestDatabase, freshDatabase } from './database';
import { type AppOptions, type Client, type TestApp, startApp } from './http-app';

/** The six published tables of 2024 by the beginning of their row ids. KZ is the prefecture's centre, MN the county's. */
export const TABLE_NAMES = ['KZ-U', 'KZ-A', 'KZ-L', 'MN-U', 'MN-G', 'MN-B'] as const;
export type TableName = (typeof TABLE_NAMES)[number];

const PEOPLE = {
  'kz.reporter': ['填报人甲', 'reporter', 'kz'], 'kz.second': ['填报人乙', 'reporter', 'kz'], 'kz.reviewer': ['审核人甲', 'reviewer', 'kz'], 'kz.manager': ['负责人甲', 'manager', 'kz'],
  'mn.reporter': ['填报人丙', 'reporter', 'mn'], 'mn.reviewer': ['审核人丙', 'reviewer', 'mn'], 'mn.manager': ['负责人丙', 'manager', 'mn'],
  'department': ['主管部门经办', 'department', 'department'], 'finance': ['财政经办', 'finance', 'finance'], 'admin': ['系统管理员', 'administrator', 'finance'],
} as const satisfies Record<string, readonly [string, Role, string]>;
export type Login = keyof typeof PEOPLE;

/** Everybody's password here. */
export const PASSWORD = 'jiheng-test-2024';

/** A table of the world with its rows' ids. */
export interface WorldTable {
  readonly id: string;
  readonly lineageId: string;
  /** Database id of a row by its key, for example KZ-U6. */
  indicatorId(key: string): string;
}

/** Two centres under a department under finance, their people, the year 2024 and its six tables in force. */
export interface World {
  readonly database: TestDatabase;
  readonly dataSource: DataSource;
  readonly unitOfWork: UnitOfWork;
  readonly units: Readonly<Record<'finance' | 'department' | 'kz' | 'mn', string>>;
  readonly people: Readonly<Record<Login, string>>;
  /** Ids of the four quarters of 2024. */
  readonly periods: readonly [string, string, string, string];
  readonly tables: Readonly<Record<TableName, WorldTable>>;
  /** The report of a table and quarter (1…4). Throws when it was not opened. */
  report(table: TableName, quarter: number): string;
  /** Starts the application on this world. */
  start(options?: Omit<AppOptions, 'url'>): Promise<WorldApp>;
  stop(): Promise<void>;
}

/** The application, and somebody signed in by login. */
export interface WorldApp extends TestApp {
  as(login: Login): Promise<Client>;
}

export interface WorldOptions {
  /** Quarters whose reports exist; all four when absent. */
  readonly opened?: readonly number[];
  /** A database to make it in; a fresh one of its own when absent. */
  readonly database?: TestDatabase;
}

// One hash for everybody and every test file of this process: hashing is slow on purpose.
let passwordHash: Promise<string> | null = null;

/** Makes the world in a database of its own. Call `stop()` in `afterAll`. */
export async function aWorld(options: WorldOptions = {}): Promise<World> {
  const database = options.database ?? (await freshDatabase());
  const { dataSource } = database;
  const unitOfWork = new UnitOfWork(dataSource);
  passwordHash ??= hashPassword(PASSWORD);
  const hash = await passwordHash;
  const [tables, periods, reports] = [new TargetTableRepository(), new PeriodRepository(), new MonitoringReportRepository()];

  const units = { finance: newId(), department: newId(), kz: newId(), mn: newId() };
  const people = Object.fromEntries(Object.keys(PEOPLE).map((login) => [login, newId()])) as Record<Login, string>;
  const made = await unitOfWork.always(async (tx) => {
    const unit = (id: string, code: string, name: string, kind: string, parentId: string | null, path: string): Promise<unknown> =>
      tx.manager.query('insert into budget_unit (id, code, name, kind, parent_id, path) values ($1, $2, $3, $4, $5, $6)', [id, code, name, kind, parentId, path]);
    const top = `/${units.finance}/`;
    const below = `${top}${units.department}/`;
    await unit(units.finance, '001', '财政局', 'FINANCE', null, top);
    await unit(units.department, '100', '人力资源和社会保障局', 'DEPARTMENT', units.finance, below);
    await unit(units.kz, '100001', theTable('KZ-U').budgetUnit, 'UNIT', units.department, `${below}${units.kz}/`);
    await unit(units.mn, '100002', theTable('MN-U').budgetUnit, 'UNIT', units.department, `${below}${units.mn}/`);
    for (const [login, [name, role, place]] of Object.entries(PEOPLE)) {
      const id = people[login as Login];
      await tx.manager.query('insert into person (id, login, display_name, password_hash) values ($1, $2, $3, $4)', [id, login, name, hash]);
      await tx.manager.query('insert into role_assignment (person_id, role, unit_id) values ($1, $2, $3)', [id, role, units[place]]);
    }

    await periods.ensure(tx, quarters(2024, [15, 15, 15, 31]));
    const year = await periods.ofYear(tx, 2024);
    const placed: Partial<Record<TableName, WorldTable>> = {};
    const opened = new Map<string, string>();
    for (const name of TABLE_NAMES) {
      const at = name.startsWith('KZ') ? 'kz' : 'mn';
      const lineageId = newId();
      const id = await tables.insert(tx, { lineageId, unitId: units[at], version: 1, basedOnId: null, createdBy: people[`${at}.reporter`], lead: null, table: theTable(name) });
      await tables.setState(tx, id, 'APPROVED');
      const loaded = await tables.load(tx, id);
      const ids = new Map(loaded?.indicators.map((row) => [row.indicator.key, row.id]));
      placed[name] = {
        id, lineageId,
        indicatorId(key) {
          const found = ids.get(key);
          if (found === undefined) throw new Error(`table ${name} has no row ${key}`);
          return found;
        },
      };
      for (const period of year.filter((one) => (options.opened ?? [1, 2, 3, 4]).includes(one.ordinal))) {
        const reportId = await reports.open(tx, id, lineageId, period.id);
        if (reportId !== null) opened.set(`${name}/${period.ordinal}`, reportId);
      }
    }
    return { placed: placed as Record<TableName, WorldTable>, year, opened };
  });

  return {
    database, dataSource, unitOfWork, units, people, tables: made.placed,
    periods: made.year.map((period) => period.id) as unknown as World['periods'],
    report(table, quarter) {
      const id = made.opened.get(`${table}/${quarter}`);
      if (id === undefined) throw new Error(`the report ${table} of quarter ${quarter} was not opened`);
      return id;
    },
    async start(appOptions = {}) {
      const app = await startApp({ url: database.url, today: '2025-01-09', ...appOptions });
      return { ...app, as: (login) => app.signedIn(login, PASSWORD) };
    },
    stop: () => database.stop(),
  };
}
