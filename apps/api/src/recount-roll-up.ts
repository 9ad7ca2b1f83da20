import 'reflect-metadata';
import { readConfig } from './platform/config/app-config';
import { makeDataSource } from './platform/database/data-source';
import { UnitOfWork } from './platform/database/unit-of-work';
import { CountRollUpRepository } from './roll-up/count-roll-up.repository';

/**
 * Has the whole roll-up counted anew, while the product may be running: whoever keeps it hears of the marks, or finds them at its next start.
 * @returns how many marks were made, one for each unit and year; throws `ConfigError` without a database
 */
export async function recountRollUp(env: Readonly<Record<string, string | undefined>>): Promise<number> {
  const config = readConfig(env);
  const dataSource = await makeDataSource({ url: config.DATABASE_URL, entities: [], poolSize: 1, applicationName: 'jiheng roll-up' }).initialize();
  try {
    return await new UnitOfWork(dataSource).always((tx) => new CountRollUpRepository().markAll(tx));
  } finally {
    await dataSource.destroy();
  }
}
