// Made from layers.mjs. Run by `npm run lint`; proven by fence.spec.mjs.
const { join } = require('node:path');
const { featureOrder, suffixRules } = require('./layers.mjs');

const api = '^apps/api/src';
const notSpecs = '\\.spec\\.ts$|/test/|/testing/';
const forbidden = [
  { name: 'no-loops', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
  { name: 'domain-knows-only-itself', severity: 'error', from: { path: '^libs/domain/src', pathNot: notSpecs }, to: { pathNot: '^libs/domain/src|node_modules/decimal\\.js' } },
  { name: 'decimal-js-has-two-doors', severity: 'error', from: { path: '^libs|^apps', pathNot: `^libs/domain/src/(decimal|scaled)\\.ts$|${notSpecs}` }, to: { path: 'node_modules/decimal\\.js' } },
  { name: 'contract-knows-domain-and-zod', severity: 'error', from: { path: '^libs/contract/src', pathNot: notSpecs }, to: { pathNot: '^libs/(contract|domain)/src|node_modules/zod' } },
  { name: 'recognition-is-pure', severity: 'error', from: { path: '^libs/documents/src/(recognise|budget-tables)/', pathNot: `${notSpecs}|/fixtures/` }, to: { pathNot: '^libs/(documents/src/(recognise|budget-tables)|domain/src)' } },
  { name: 'documents-know-domain', severity: 'error', from: { path: '^libs/documents/src', pathNot: notSpecs }, to: { path: '^apps|^libs/contract' } },
  { name: 'web-knows-no-server', severity: 'error', from: { path: '^apps/web/src' }, to: { path: '^apps/api|^libs/documents|node_modules/(@nestjs|typeorm|bullmq|ioredis|pg|fastify)' } },
  { name: 'http-client-stays-in-api-folder', severity: 'error', from: { path: '^apps/web/src/app', pathNot: '^apps/web/src/app/(api|app\\.config)|\\.spec\\.ts$' }, to: { path: 'node_modules/@angular/common/.*http' } },
  { name: 'ui-kit-fetches-nothing', severity: 'error', from: { path: '^apps/web/src/app/ui' }, to: { path: '^apps/web/src/app/api', dependencyTypesNot: ['type-only'] } },
  { name: 'server-knows-no-screen', severity: 'error', from: { path: api }, to: { path: '^apps/web|node_modules/(@angular|ng-zorro-antd)' } },
  { name: 'queue-library-has-one-door', severity: 'error', from: { path: api, pathNot: `${api}/platform/queue/|${notSpecs}` }, to: { path: 'node_modules/(bullmq|ioredis)' } },
  { name: 'no-inner-barrels', severity: 'error', from: {}, to: { path: '^apps/.*/index\\.ts$' } },
];

featureOrder.forEach((features, level) => {
  const above = featureOrder.slice(level + 1).flat();
  for (const feature of features) {
    const sideways = features.filter((other) => other !== feature);
    const refused = [...above, ...sideways];
    if (refused.length) forbidden.push({ name: `${feature}-looks-down-only`, severity: 'error', from: { path: `${api}/${feature}/`, pathNot: notSpecs }, to: { path: `${api}/(${refused.join('|')})/` } });
    if (feature !== 'platform') {
      forbidden.push({ name: `${feature}-has-one-door`, severity: 'error', from: { path: `${api}/[^/]+/`, pathNot: `${api}/(${feature}|demonstration)/|${notSpecs}|\\.query\\.ts$` },
        to: { path: `${api}/${feature}/`, pathNot: `${api}/${feature}/${feature}\\.(public|module)\\.ts$` } });
    }
  }
});
for (const rule of suffixRules) {
  forbidden.push({ name: `${rule.from}-keeps-its-layer`, comment: rule.why, severity: 'error',
    from: { path: `${api}/.*\\.${rule.from}\\.ts$` }, to: { path: `${api}/.*\\.(${rule.never.join('|')})\\.ts$`, dependencyTypesNot: ['type-only'] } });
}

module.exports = {
  forbidden,
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/|^tools/architecture/trespass/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: join(__dirname, '../../tsconfig.base.json') },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'require', 'node', 'default'], extensions: ['.ts', '.mjs', '.js', '.json'] },
  },
};
