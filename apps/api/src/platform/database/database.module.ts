import { Global, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { AppConfig } from '../config/app-config';
import { NICENESS } from '../yield-to-people';
import { ArchivedYears } from './archived-years';
import { OF_JOBS, OF_PEOPLE } from './connection-plan';
import { makeDataSource, migrate } from './data-source';
import { HotLane } from './hot-lane';
import { PgListener } from './pg-listener';
import { Prepared } from './prepared';
import { UnitOfWork } from './unit-of-work';

/** Opens the database before anything else and closes it after everything else. */
@Global()
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(private readonly dataSource: DataSource) {}

  static forRoot(entities: readonly EntityTarget<ObjectLiteral>[]): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        {
          provide: DataSource, inject: [AppConfig],
          useFactory: async (config: AppConfig) => {
            const pool = { api: { poolSize: OF_PEOPLE }, worker: { poolSize: OF_JOBS, niceness: NICENESS.worker }, all: { poolSize: OF_PEOPLE + OF_JOBS, jobShare: OF_JOBS } }[config.JIHENG_ROLE];
            const dataSource = await makeDataSource({ url: config.DATABASE_URL, entities, ...pool }).initialize();
            await migrate(dataSource);
            return dataSource;
          },
        },
        UnitOfWork, Prepared, HotLane, PgListener, ArchivedYears,
      ],
      exports: [DataSource, UnitOfWork, Prepared, HotLane, PgListener, ArchivedYears],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}
