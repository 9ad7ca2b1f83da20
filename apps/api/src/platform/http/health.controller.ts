import { refuse } from '@jiheng/domain';
import { Controller, Get } from '@nestjs/common';
import { Policy } from '../access/policy.decorator';
import { PRODUCT_VERSION } from '../config/product-version';
import { Prepared } from '../database/prepared';
import { unwrap } from './refusal.exception';

/** For whoever watches over the process: is it alive, and can it serve? */
@Controller('health')
@Policy('public', { asNobody: true })
export class HealthController {
  constructor(private readonly prepared: Prepared) {}

  /** The process answers. A database that is away is no reason to restart it. */
  @Get()
  live(): { status: 'ok'; version: string } {
    return { status: 'ok', version: PRODUCT_VERSION };
  }

  /** The database answers within two seconds; otherwise 503, so that no requests are sent here. */
  @Get('ready')
  async ready(): Promise<{ status: 'ok' }> {
    const late = new Promise<never>((_, reject) => { setTimeout(() => { reject(new Error('late')); }, 2000).unref(); });
    try { await Promise.race([this.prepared.rows('health-ready', 'select 1', []), late]); } catch { unwrap(refuse('house.not-ready')); }
    return { status: 'ok' };
  }
}
