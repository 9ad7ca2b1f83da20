import type { AllowedHosts } from '@jiheng/contract';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../platform/config/app-config';
import { readAllowedHost, spellAllowedHost } from './allowed-hosts';

/** 允许取数的主机 as this server was started with them, so that nobody has to guess which place would be refused. */
@Injectable()
export class AllowedHostsView {
  private readonly listed: AllowedHosts;

  constructor(config: AppConfig) {
    this.listed = { setting: 'PULL_ALLOWED_HOSTS', hosts: config.PULL_ALLOWED_HOSTS.flatMap((entry) => { const read = readAllowedHost(entry); return read === null ? [] : [spellAllowedHost(read)]; }) };
  }

  view(): AllowedHosts {
    return this.listed;
  }
}
