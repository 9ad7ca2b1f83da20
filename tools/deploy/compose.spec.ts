import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

const root = resolve(__dirname, '../..');

interface Service {
  readonly image?: string; readonly build?: string; readonly restart?: string; readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>; readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly volumes?: readonly string[]; readonly ports?: readonly string[]; readonly healthcheck?: { readonly test: readonly string[] };
  readonly deploy?: { readonly replicas: string };
}
interface Compose { readonly services: Readonly<Record<string, Service>>; readonly volumes: Readonly<Record<string, unknown>> }

const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
const compose = parse(text, { merge: true }) as Compose;
const secrets = { POSTGRES_PASSWORD: 'for-this-check', REDIS_PASSWORD: 'for-this-check' };
const client = spawnSync('docker', ['compose', 'version']).status === 0;

describe('docker-compose.yml', () => {
  it('starts PostgreSQL, Redis, two API and two worker replicas behind one entry', () => {
    expect(Object.keys(compose.services).sort()).toEqual(['api', 'entry', 'postgres', 'redis', 'worker']);
    expect(compose.services['api']?.deploy?.replicas).toBe('${API_REPLICAS:-2}');
    expect(compose.services['worker']?.deploy?.replicas).toBe('${WORKER_REPLICAS:-2}');
    const published = Object.entries(compose.services).filter(([, service]) => service.ports).map(([name]) => name);
    expect(published).toEqual(['entry']);
  });

  it('waits only for services that exist and say when they are healthy', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      expect(service.image ?? service.build).toBeTruthy();
      for (const [needed, { condition }] of Object.entries(service.depends_on ?? {})) {
        expect([name, Object.keys(compose.services)]).toEqual([name, expect.arrayContaining([needed])]);
        if (condition === 'service_healthy') expect(compose.services[needed]?.healthcheck?.test.length).toBeGreaterThan(1);
      }
    }
  });

  it('mounts only volumes it declares', () => {
    for (const service of Object.values(compose.services)) {
      for (const mount of service.volumes ?? []) expect(Object.keys(compose.volumes)).toContain(mount.split(':')[0]);
    }
  });

  it('hands the product only variables that the product reads', () => {
    const known = [...readFileSync(join(root, '.env.example'), 'utf8').matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name);
    for (const name of ['api', 'worker']) {
      const handed = Object.keys(compose.services[name]?.environment ?? {});
      expect(known).toEqual(expect.arrayContaining(handed));
    }
  });

  it('refuses to start without passwords of one’s own', () => {
    for (const name of Object.keys(secrets)) expect(text).toContain(`\${${name}:?`);
    expect(text).not.toMatch(/PASSWORD:-/);
  });

  (client ? it : it.skip)('is accepted by docker compose config (needs a docker compose client)', () => {
    const { status, stderr } = spawnSync('docker', ['compose', '-f', join(root, 'docker-compose.yml'), 'config', '-q'], { encoding: 'utf8', env: { ...process.env, ...secrets } });
    expect([status, stderr]).toEqual([0, '']);
  });
});
