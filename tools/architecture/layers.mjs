// Who may know whom: the single source. ESLint (eslint.config.mjs) and dependency-cruiser (dependency-cruiser.cjs) are both made from it,
// and fence.spec.mjs proves that each rule refuses its trespasser. Pictures and reasons: docs/architecture.md.

/** Features of the server from the ground up; an import may only go to an earlier line (or the same feature). */
export const featureOrder = [
  ['platform'],
  ['budget-unit'],
  ['target-table'],
  ['monitoring'],
  ['budget-document'],
  ['document-import'],
  ['pull', 'budget-execution'],
  ['self-evaluation'],
  ['scoring'],
  ['sign-off', 'roll-up'],
  ['report'],
  ['demonstration'],
];

/** Packages that a project may not name, with the reason a person reads. */
export const bannedPackages = {
  domain: { only: ['decimal.js'], why: 'libs/domain is pure: the same law in browser, worker and report' },
  contract: { only: ['zod', '@jiheng/domain'], why: 'libs/contract says what crosses the wire and knows no framework' },
  web: { never: ['@nestjs/*', 'typeorm', 'bullmq', 'ioredis', 'pg', 'fastify', '@jiheng/documents', 'exceljs', 'docx', 'node:*'], why: 'the browser knows domain, contract and Angular' },
  api: { never: ['@angular/*', 'ng-zorro-antd', 'ng-zorro-antd/*'], why: 'the server knows nothing of screens' },
};

/** Inside a feature: file suffix → what it may never import, with the reason. */
export const suffixRules = [
  { from: 'controller', never: ['entity', 'repository'], why: 'a controller speaks to services and queries, not to rows' },
  { from: 'service', never: ['controller'], why: 'a deed does not know who called it' },
  { from: 'repository', never: ['service', 'controller', 'handler'], why: 'memory knows no deeds' },
  { from: 'entity', never: ['service', 'controller', 'repository', 'mapper', 'handler', 'query'], why: 'a row knows rows only' },
  { from: 'mapper', never: ['service', 'controller', 'repository', 'handler', 'query'], why: 'a mapper translates and does nothing else' },
  { from: 'handler', never: ['repository', 'entity', 'controller'], why: 'a handler calls one service' },
  { from: 'job', never: ['service', 'repository', 'entity', 'controller', 'handler', 'query'], why: 'a job is the shape of its payload' },
  { from: 'news', never: ['service', 'repository', 'entity', 'controller', 'handler', 'query'], why: 'news is the shape of its payload' },
];

/** Clock and chance in the domain: the compiler cannot see them, so the linter does. */
export const impureInDomain = [
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'libs/domain has no clock: pass the day in.' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'libs/domain has no clock: pass the day in.' },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'libs/domain has no chance: pass the number in.' },
];

/** Floats may not touch points and quantities, anywhere in the product's own code. */
export const floatCalls = [
  { selector: "CallExpression[callee.name='parseFloat']", message: 'Points and quantities are exact decimals; use the functions of @jiheng/domain.' },
  { selector: "CallExpression[callee.property.name='toFixed']", message: 'Points and quantities are exact decimals; use roundHalfUp of @jiheng/domain.' },
];
