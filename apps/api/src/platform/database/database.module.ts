import { Global, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { AppConfig } from '../config/app-config';
import { ArchivedYears } from './archived-years';
import { makeDataSource, migrate } from './data-source';
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
            const dataSource = await makeDataSource({ url: config.DATABASE_URL, entities }).initialize();
            await migrate(dataSource);
            return dataSource;
          },
        },
        UnitOfWork, Prepared, PgListener, ArchivedYears,
      ],
      exports: [DataSource, UnitOfWork, Prepared, PgListener, ArchivedYears],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}
