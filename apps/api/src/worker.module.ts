import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { ENTITIES } from './entities';
import { FEATURES } from './features';
import type { AppConfig } from './platform/config/app-config';
import { LogModule } from './platform/log/log.module';
import { AccessModule } from './platform/access/access.module';
import { PlatformModule } from './platform/platform.module';

/** The same features without a door: jobs only. */
@Module({})
export class WorkerModule {
  static forRoot(config: AppConfig, extra: readonly (Type | DynamicModule)[] = []): DynamicModule {
    return { module: WorkerModule, imports: [LogModule.forRoot(config), PlatformModule.forRoot(config, ENTITIES), AccessModule, ...FEATURES, ...extra] };
  }
}
