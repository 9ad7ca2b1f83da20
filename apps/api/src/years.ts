import 'reflect-metadata';
import { Clock } from './platform/clock/clock';
import { readConfig } from './platform/config/app-config';
import { makeDataSource } from './platform/database/data-source';
import { type StoredYear, type YearObstacle, attachYear, detachYear, storedYears, validatePointers } from './platform/database/fiscal-years';
import { withPatience } from './platform/database/patience';
import { UnitOfWork } from './platform/database/unit-of-work';

/** What an operator may do with whole years, while the product is running. */
export interface YearStore {
  list(): Promise<StoredYear[]>;
  /** null when it was done, else what is in the way. */
  detach(year: number): Promise<YearObstacle | null>;
  attach(year: number): Promise<YearObstacle | null>;
  close(): Promise<void>;
}

/** Opens the database of the settings. Throws `ConfigError` without one. */
export async function openYearStore(env: Readonly<Record<string, string | undefined>>): Promise<YearStore> {
  const config = readConfig(env);
  const dataSource = await makeDataSource({ url: config.DATABASE_URL, entities: [], poolSize: 1, applicationName: 'jiheng years' }).initialize();
  const unitOfWork = new UnitOfWork(dataSource);
  return {
    list: () => storedYears(dataSource.manager),
    detach: (year) => wholeOrNot(unitOfWork, (manager) => detachYear(manager, year, new Clock(config).today())),
    async attach(year) {
      const obstacle = await wholeOrNot(unitOfWork, (manager) => attachYear(manager, year));
      if (obstacle === null) await validatePointers(dataSource.manager);
      return obstacle;
    },
    close: () => dataSource.destroy(),
  };
}

/** Carries an obstacle out of the transaction, so that what was begun is rolled back. */
class Obstructed extends Error {
  constructor(readonly obstacle: YearObstacle) { super(obstacle.why); }
}

async function wholeOrNot(unitOfWork: UnitOfWork, deed: (manager: Parameters<typeof storedYears>[0]) => Promise<YearObstacle | null>): Promise<YearObstacle | null> {
  try {
    await withPatience(() => unitOfWork.always(async ({ manager }) => {
      const obstacle = await deed(manager);
      if (obstacle !== null) throw new Obstructed(obstacle);
    }));
    return null;
  } catch (fault) {
    if (fault instanceof Obstructed) return fault.obstacle;
    throw fault;
  }
}
