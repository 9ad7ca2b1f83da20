import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { hashPassword } from '../src/budget-unit/password';
import { newId } from '../src/platform/database/new-id';
import { type TestDatabase, freshDatabase } from './database';

const root = join(__dirname, '../../..');

/** A synthetic province in a database of its own, and somebody who may score it. */
export interface Province {
  readonly database: TestDatabase;
  /** The topmost unit. */
  readonly unitId: string;
  readonly login: string;
  readonly password: string;
  stop(): Promise<void>;
}

/** How large: units, tables a unit, rows a table; the same seed makes the same ids and values. */
export interface ProvinceSize { readonly units: number; readonly tables?: number; readonly indicators?: number; readonly quarters?: number; readonly seed?: number }

/** Makes a province by `npm run generate`. Takes some seconds; call `stop()` in `afterAll`. */
export async function aProvince(size: ProvinceSize): Promise<Province> {
  const database = await freshDatabase();
  await generate(database.url, size);
  return { database, ...(await keeperOf((sql, params) => database.dataSource.query(sql, params))), stop: () => database.stop() };
}

/** Gives the topmost unit of a generated province an administrator who can sign in. */
export async function keeperOf(query: (sql: string, params: unknown[]) => Promise<{ readonly id?: unknown }[]>): Promise<Pick<Province, 'unitId' | 'login' | 'password'>> {
  const [top] = await query('select id from budget_unit where parent_id is null', []);
  const [unitId, login, password, personId] = [String(top?.id), 'province', 'jiheng-test-2024', newId()];
  await query('insert into person (id, login, display_name, password_hash) values ($1, $2, $3, $4)', [personId, login, '省级管理员', await hashPassword(password)]);
  await query(`insert into role_assignment (person_id, role, unit_id) values ($1, 'administrator', $2)`, [personId, unitId]);
  return { unitId, login, password };
}

/** Fills an empty database at `url` by `npm run generate`. @returns what that said */
export async function generate(url: string, { units, tables = 2, indicators = 12, quarters = 4, seed = 1 }: ProvinceSize, more: readonly string[] = []): Promise<string> {
  const env = { ...process.env };
  delete env['NODE_OPTIONS'];
  const args = Object.entries({ units, tables, indicators, quarters, seed, threads: 1, url }).flatMap(([name, value]) => [`--${name}`, String(value)]).concat(more);
  const child = spawn(process.execPath, [join(root, 'tools/generate/run.mjs'), ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (text: Buffer) => { said += text.toString(); });
  child.stderr.on('data', (text: Buffer) => { said += text.toString(); });
  const [code] = await once(child, 'exit') as [number | null];
  if (code !== 0) throw new Error(`the province was not made:\n${said}`);
  return said;
}
