import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { ENTITIES } from './entities';
import { FEATURES } from './features';
import { AccessModule } from './platform/access/access.module';
import type { AppConfig } from './platform/config/app-config';
import { HttpModule } from './platform/http/http.module';
import { LogModule } from './platform/log/log.module';
import { PlatformModule } from './platform/platform.module';

/** The server with its routes. With `JIHENG_ROLE=all` the same process also answers the jobs. */
@Module({})
export class AppModule {
  static forRoot(config: AppConfig, extra: readonly (Type | DynamicModule)[] = []): DynamicModule {
    return { module: AppModule, imports: [LogModule.forRoot(config), PlatformModule.forRoot(config, ENTITIES), AccessModule, HttpModule, ...FEATURES, ...extra] };
  }
}
