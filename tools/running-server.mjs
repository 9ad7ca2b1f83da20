// What `npm start` leaves for `npm run jiheng` while it runs: nobody could know the port and the password of the PostgreSQL that it starts.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root } from './installed.mjs';

/** Where `npm start` keeps everything: `.data` in the checkout, or DATA_DIR, which is meant from there as well. */
export const dataDirOf = (env) => resolve(root, env.DATA_DIR || '.data');

const fileIn = (dataDir) => join(dataDir, 'running.json');

/** Tells commands with which settings the server runs. */
export function tellCommands(dataDir, settings) {
  untellCommands(dataDir);
  writeFileSync(fileIn(dataDir), JSON.stringify(settings), { mode: 0o600 });
}

export function untellCommands(dataDir) {
  rmSync(fileIn(dataDir), { force: true });
}

/**
 * The settings for a command: those of the server that runs here, unless a database of its own is named. The running server's folder is a part of the DATA_DIR by which it is found
 * (the demonstration's or the real one), so these settings go before those of the environment.
 */
export function settingsForCommand(env) {
  if ((env.DATABASE_URL ?? '') !== '') return {};
  const file = fileIn(dataDirOf(env));
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}
