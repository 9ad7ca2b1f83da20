import type { DemonstrationAccounts } from '@jiheng/contract';
import { Controller, Get, Module } from '@nestjs/common';
import { Policy } from '../platform/access/policy.decorator';
import demonstration from './accounts.json';

/** The accounts of the demonstration, for the sign-in page. Part of the server only while it runs as a demonstration. */
@Controller('demonstration')
@Policy('public')
class DemonstrationController {
  @Get('accounts')
  accounts(): DemonstrationAccounts {
    return { password: demonstration.password, accounts: demonstration.accounts.map(({ login, title }) => ({ login, title })) };
  }
}

/** 演示: what only a demonstration has. */
@Module({ controllers: [DemonstrationController] })
export class DemonstrationModule {}
