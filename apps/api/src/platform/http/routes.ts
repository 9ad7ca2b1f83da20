import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { z } from 'zod';
import { ROUTE_POLICY, type RoutePolicy } from '../access/policy.decorator';
import { ROUTE_ANSWER } from './answers.decorator';

/** One route as its controller declares it. */
export interface DeclaredRoute {
  readonly method: string;
  /** With the prefix `/api`, parameters as `:id`. */
  readonly path: string;
  /** `Controller.method`. */
  readonly place: string;
  /** Undefined: the boot refuses it. */
  readonly policy: RoutePolicy | undefined;
  readonly body: z.ZodType | undefined;
  readonly query: z.ZodType | undefined;
  readonly answer: z.ZodType | undefined;
}

interface ArgMetadata { readonly index: number; readonly schema?: z.ZodType }

/** Every route of every controller, for the check at boot, the description of the API and the tests that try each door. */
export function declaredRoutes(discovery: DiscoveryService, scanner: MetadataScanner): DeclaredRoute[] {
  const routes: DeclaredRoute[] = [];
  for (const { metatype, instance } of discovery.getControllers()) {
    if (typeof metatype !== 'function' || instance === undefined || instance === null) continue;
    const controller = metatype as Type;
    const prototype: object = controller.prototype;
    for (const name of scanner.getAllMethodNames(prototype)) {
      const method: unknown = Reflect.get(prototype, name);
      if (typeof method !== 'function') continue;
      const verb: RequestMethod | undefined = Reflect.getMetadata(METHOD_METADATA, method);
      if (verb === undefined) continue;
      const args: Record<string, ArgMetadata> = Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {};
      const schemaOf = (type: RouteParamtypes): z.ZodType | undefined => Object.entries(args).find(([key]) => key.startsWith(`${type}:`))?.[1].schema;
      for (const base of pathsOf(controller)) for (const own of pathsOf(method)) {
        routes.push({
          method: RequestMethod[verb], path: `/${['api', base, own].map((part) => part.replace(/^\/+|\/+$/g, '')).filter((part) => part !== '').join('/')}`, place: `${controller.name}.${name}`,
          policy: Reflect.getMetadata(ROUTE_POLICY, method) ?? Reflect.getMetadata(ROUTE_POLICY, controller),
          body: schemaOf(RouteParamtypes.BODY), query: schemaOf(RouteParamtypes.QUERY), answer: Reflect.getMetadata(ROUTE_ANSWER, method),
        });
      }
    }
  }
  return routes;
}

function pathsOf(target: object): string[] {
  const path: string | string[] | undefined = Reflect.getMetadata(PATH_METADATA, target);
  return path === undefined ? [''] : Array.isArray(path) ? path : [path];
}
