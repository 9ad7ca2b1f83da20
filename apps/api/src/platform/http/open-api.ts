import { problem } from '@jiheng/contract';
import { z } from 'zod';
import type { DeclaredRoute } from './routes';

type Json = Record<string, unknown>;

/** The description of the API (OpenAPI 3.1), made from the routes and the very shapes that parse their requests. */
export function describeApi(routes: readonly DeclaredRoute[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replace(/:([A-Za-z]+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: '3.1.0', info: { title: '绩衡 Jiheng', version },
    paths: Object.fromEntries(Object.entries(paths).sort(([one], [other]) => (one < other ? -1 : 1))),
    components: {
      schemas: { Problem: shapeOf(problem, 'output') },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'jiheng_session' }, csrf: { type: 'apiKey', in: 'header', name: 'x-csrf-token' } },
    },
  };
}

function operationOf(route: DeclaredRoute): Json {
  const refused = { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
  const open = route.policy?.rule === 'public' || route.policy?.rule === 'setup';
  const unsafe = route.method !== 'GET';
  const [tag] = route.place.split('Controller');
  return {
    operationId: route.place.replace('Controller.', '_'), tags: [tag],
    ...(typeof route.policy?.rule === 'object' ? { 'x-roles': route.policy.rule.roles } : {}),
    security: open ? [] : [unsafe ? { session: [], csrf: [] } : { session: [] }],
    parameters: [...parametersIn(route.path), ...queryOf(route.query)],
    ...(route.body === undefined ? {} : { requestBody: { required: true, content: { 'application/json': { schema: shapeOf(route.body, 'input') } } } }),
    responses: {
      '2XX': { description: 'done', ...(route.answer === undefined ? {} : { content: { 'application/json': { schema: shapeOf(route.answer, 'output') } } }) },
      '4XX': { description: 'refused, with the sentence', ...refused }, '500': { description: 'a fault, with its number', ...refused },
    },
  };
}

function parametersIn(path: string): Json[] {
  return [...path.matchAll(/:([A-Za-z]+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

function queryOf(shape: z.ZodType | undefined): Json[] {
  if (shape === undefined) return [];
  const { properties, required } = shapeOf(shape, 'input');
  const needed = Array.isArray(required) ? required : [];
  return Object.entries((properties ?? {}) as Json).map(([name, schema]) => ({ name, in: 'query', required: needed.includes(name), schema }));
}

function shapeOf(shape: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(shape, { io, unrepresentable: 'any', target: 'draft-2020-12' }) as Json;
  return rest;
}
