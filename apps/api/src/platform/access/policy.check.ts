import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ROUTE_POLICY } from './policy.decorator';

/** The boot fails when a route does not say who may call it: forgetting is then no open door. */
@Injectable()
export class PolicyCheck implements OnApplicationBootstrap {
  constructor(private readonly discovery: DiscoveryService, private readonly scanner: MetadataScanner, private readonly reflector: Reflector) {}

  onApplicationBootstrap(): void {
    const open: string[] = [];
    for (const { metatype, instance } of this.discovery.getControllers()) {
      if (typeof metatype !== 'function' || instance === undefined) continue;
      const prototype: unknown = Object.getPrototypeOf(instance);
      if (typeof prototype !== 'object' || prototype === null) continue;
      for (const name of this.scanner.getAllMethodNames(prototype)) {
        const method: unknown = Reflect.get(prototype, name);
        if (typeof method !== 'function' || Reflect.getMetadata(METHOD_METADATA, method) === undefined) continue;
        if (this.reflector.getAllAndOverride<unknown>(ROUTE_POLICY, [method as () => unknown, metatype as () => unknown]) === undefined) open.push(`${metatype.name}.${name}`);
      }
    }
    if (open.length > 0) throw new Error(`routes without a policy: ${open.join(', ')}. Put @Policy(...) on each.`);
  }
}
