import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { AppConfig } from '../config/app-config';
import { PlatformModule } from '../platform.module';
import { OutboxReplay } from './outbox-replay';

@Module({})
class ReplayModule {
  static forRoot(config: AppConfig): DynamicModule {
    return { module: ReplayModule, imports: [PlatformModule.forRoot(config, [])] };
  }
}

/**
 * Puts messages whose jobs the queue has lost back to waiting ({@link OutboxReplay}), from a process of its own: whoever runs the house calls
 * it after Redis was emptied. The running workers are woken by the database and ring them.
 * @param hours how far back messages without a visible job are rung again, 0…720
 * @returns how many wait again
 */
export async function replayOutbox(config: AppConfig, hours: number): Promise<number> {
  const app = await NestFactory.createApplicationContext(ReplayModule.forRoot(config), { logger: false, abortOnError: false });
  try { return await app.get(OutboxReplay, { strict: false }).replay(hours); } finally { await app.close(); }
}
