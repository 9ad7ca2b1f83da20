import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { declaredRoutes } from '../http/routes';

/** The boot fails when a route does not say who may call it: forgetting is then no open door. */
@Injectable()
export class PolicyCheck implements OnApplicationBootstrap {
  constructor(private readonly discovery: DiscoveryService, private readonly scanner: MetadataScanner) {}

  onApplicationBootstrap(): void {
    const open = declaredRoutes(this.discovery, this.scanner).filter(({ policy }) => policy === undefined).map(({ place }) => place);
    if (open.length > 0) throw new Error(`routes without a policy: ${open.join(', ')}. Put @Policy(...) on each.`);
  }
}
