import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { AuditTrail } from './audit/audit-trail';
import { Clock } from './clock/clock';
import { AppConfig } from './config/app-config';
import { DatabaseModule } from './database/database.module';
import { FileStore } from './files/file-store';
import { LocalFileStore } from './files/local-file-store';
import { QueueModule } from './queue/queue.module';

/** The ground floor: what every feature stands on, in every process. It knows no word of the field. */
@Global()
@Module({})
export class PlatformModule {
  static forRoot(config: AppConfig, entities: readonly EntityTarget<ObjectLiteral>[]): DynamicModule {
    return {
      module: PlatformModule,
      imports: [DatabaseModule.forRoot(entities), QueueModule],
      providers: [{ provide: AppConfig, useValue: config }, Clock, AuditTrail, { provide: FileStore, useClass: LocalFileStore }],
      exports: [AppConfig, Clock, AuditTrail, FileStore],
    };
  }
}
