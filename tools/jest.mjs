// Runs jest with Node's VM modules on, so that code compiled to CommonJS may require() ESM-only packages (Nest 12, Angular).
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const { status } = spawnSync(process.execPath, [...flags, createRequire(import.meta.url).resolve('jest/bin/jest'), ...process.argv.slice(2)], {
  stdio: 'inherit', env: { ...process.env, NODE_OPTIONS: [process.env.NODE_OPTIONS, ...flags].filter(Boolean).join(' ') } });
process.exit(status ?? 1);
