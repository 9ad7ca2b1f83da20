import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const root = resolve(__dirname, '../..');

// The part of the Compose specification that the file uses, in its words (compose-spec, 05-services and 07-volumes); a key it does not know,
// or of another shape, is a slip that only `docker compose up` would tell.
const duration = z.string().regex(/^(?:\d+h)?(?:\d+m)?(?:\d+s)?$/);
const service = z.strictObject({
  image: z.string().optional(), build: z.string().optional(), restart: z.enum(['no', 'always', 'on-failure', 'unless-stopped']).optional(), stop_grace_period: duration.optional(),
  command: z.array(z.string()).optional(), environment: z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), z.string()).optional(),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.enum(['service_started', 'service_healthy', 'service_completed_successfully']) })).optional(),
  volumes: z.array(z.string().regex(/^[^:]+:\/[^:]+(?::ro)?$/)).optional(), ports: z.array(z.string().regex(/^(?:\d+|\$\{[A-Z_]+:-\d+\}):\d+$/)).optional(),
  healthcheck: z.strictObject({ test: z.tuple([z.enum(['CMD', 'CMD-SHELL'])], z.string()), interval: duration, timeout: duration, retries: z.number().int() }).optional(),
  deploy: z.strictObject({ replicas: z.string() }).optional(),
});
const composeFile = z.strictObject({ name: z.string().regex(/^[a-z0-9][a-z0-9_-]*$/), 'x-product': z.unknown(), services: z.record(z.string(), service), volumes: z.record(z.string(), z.null()) });

const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
const compose = composeFile.parse(parse(text, { merge: true }));
const caddyfile = readFileSync(join(root, 'tools/deploy/Caddyfile'), 'utf8');
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

  it('mounts only volumes it declares and files of the repository', () => {
    for (const service of Object.values(compose.services)) for (const mount of service.volumes ?? []) {
      const [from = ''] = mount.split(':');
      // Made by docker where it is not there: nothing need lie in it.
      if (from === '${PULL_FOLDER-./pull}') expect(mount.endsWith(':ro')).toBe(true);
      else if (from.startsWith('./')) expect([from, existsSync(join(root, from)), mount.endsWith(':ro')]).toEqual([from, true, true]);
      else expect(Object.keys(compose.volumes)).toContain(from);
    }
  });

  it('gives API and workers the same folder of files, and the time to end in order', () => {
    for (const name of ['api', 'worker']) expect(compose.services[name]).toMatchObject({ volumes: ['files:/data', '${PULL_FOLDER-./pull}:/pull:ro'], environment: { DATA_DIR: '/data', PULL_FOLDER_ROOT: '/pull' }, stop_grace_period: '20s', restart: 'unless-stopped' });
    const allowed = Number(/STOP_MS = (\d+)_000/.exec(readFileSync(join(root, 'apps/api/src/start.ts'), 'utf8'))?.[1]);
    expect(allowed).toBeLessThan(20);
  });

  it('hands the product only variables that the product reads', () => {
    const known = [...readFileSync(join(root, '.env.example'), 'utf8').matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name);
    for (const name of ['api', 'worker']) {
      const handed = Object.keys(compose.services[name]?.environment ?? {});
      expect(known).toEqual(expect.arrayContaining(handed));
    }
  });

  it('asks for no variable that .env.example does not name', () => {
    const known = new Set([...readFileSync(join(root, '.env.example'), 'utf8').matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name));
    const asked = new Set([...text.replace(/^\s*#.*$/gm, '').matchAll(/(?<!\$)\$\{([A-Z_]+)/g)].map(([, name]) => name));
    expect([...asked].filter((name) => !known.has(name))).toEqual([]);
  });

  it('refuses to start without passwords of one’s own', () => {
    for (const name of Object.keys(secrets)) expect(text).toContain(`\${${name}:?`);
    expect(text).not.toMatch(/PASSWORD:-/);
  });

  describe('the entry', () => {
    /** The arguments of a directive, wherever it stands. */
    const said = (directive: string): string | undefined => new RegExp(`^\\s*${directive}\\s+(.+)$`, 'm').exec(caddyfile)?.[1];

    it('is written with whole blocks', () => {
      const bare = caddyfile.replace(/#.*$/gm, '');
      expect(bare.split('{').length).toBe(bare.split('}').length);
      expect(caddyfile).toMatch(/^:8080 \{$/m);
    });

    it('finds every replica by the name and port of the service, and tries another when one is being replaced', () => {
      expect([said('name'), said('port'), compose.services['api']?.environment?.['PORT']]).toEqual(['api', '3000', '3000']);
      expect([said('lb_policy'), said('lb_try_duration')]).toEqual(['least_conn', '5s']);
      expect(compose.services['entry']?.depends_on?.['api']?.condition).toBe('service_healthy');
      expect(compose.services['entry']?.healthcheck?.test).toContain('http://127.0.0.1:8080/api/health');
    });

    it('lets progress through as it comes and for as long as it lasts', () => {
      expect(said('flush_interval')).toBe('-1');
      // Only the head of an answer is waited for with an end; a bound on reading or writing would cut a stream.
      expect(said('response_header_timeout')).toBe('2m');
      expect(caddyfile).not.toMatch(/^\s*(?:read_timeout|write_timeout|write)\s/m);
    });

    it('takes every upload that the product may be told to take, for as long as the product waits for it', () => {
      const largest = Number(/MAX_UPLOAD_MB: [^\n]*max\((\d+)\)/.exec(readFileSync(join(root, 'apps/api/src/platform/config/app-config.ts'), 'utf8'))?.[1]);
      expect(Number.parseInt(said('max_size') ?? '', 10)).toBeGreaterThan(largest);
      expect(readFileSync(join(root, 'apps/api/src/platform/http/make-server.ts'), 'utf8')).toContain('requestTimeout: 120_000');
      expect(said('read_body')).toBe('2m');
    });

    it('tells the product for whom it asks, and the product believes it', () => {
      // Caddy sets X-Forwarded-For, -Proto and -Host itself and drops what a client claims; nothing in the file changes that.
      expect(caddyfile).not.toMatch(/trusted_proxies|header_up/);
      expect(compose.services['api']?.environment?.['TRUST_PROXY']).toBe('1');
      expect(compose.services['api']?.ports).toBeUndefined();
    });
  });

  (client ? it : it.skip)('is accepted by docker compose config (needs a docker compose client)', () => {
    const { status, stderr } = spawnSync('docker', ['compose', '-f', join(root, 'docker-compose.yml'), 'config', '-q'], { encoding: 'utf8', env: { ...process.env, ...secrets } });
    expect([status, stderr]).toEqual([0, '']);
  });
});
