import { Module, type DynamicModule } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import type { AppConfig } from '../config/app-config';
import { REDACTED } from './redact';

/** One line of JSON per event, with the number of the request it belongs to and without secrets. */
@Module({})
export class LogModule {
  static forRoot(config: AppConfig): DynamicModule {
    return {
      module: LogModule,
      imports: [LoggerModule.forRoot({
        pinoHttp: {
          level: config.LOG_LEVEL, redact: { paths: [...REDACTED], censor: '[…]' }, quietReqLogger: true,
          genReqId: (request) => request.id,
          // The body is never logged; of the address only the path, because a query may hold names.
          serializers: { req: (request: { id: unknown; method: string; url: string }) => ({ id: request.id, method: request.method, path: request.url.split('?')[0] }) },
          autoLogging: { ignore: (request) => (request.url ?? '').startsWith('/api/health') || !(request.url ?? '').startsWith('/api') },
          customLogLevel: (_request, response, error) => (error !== undefined || response.statusCode >= 500 ? 'error' : response.statusCode >= 400 ? 'info' : 'debug'),
        },
      })],
    };
  }
}
