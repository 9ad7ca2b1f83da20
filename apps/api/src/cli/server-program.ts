import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { refuseCommand } from './terminal';

/**
 * A part of the server's own bundle, beside the command line or in the built server: commands that need no database do not carry it along.
 * Refuses with the remedy where the server has not been built.
 * @param name of the bundle, without `.mjs`
 * @param deed what it is wanted for, as the beginning of a sentence
 */
export async function serverProgram<T>(name: string, deed: { readonly zh: string; readonly en: string }): Promise<T> {
  const here = dirname(process.argv[1] ?? '.');
  const path = [join(here, `${name}.mjs`), join(here, `../apps/api/${name}.mjs`)].find((one) => existsSync(one));
  if (path === undefined) refuseCommand(`${deed.zh}要用到服务器程序，请先运行 npm run build。`, `${deed.en} needs the built server: run npm run build first.`);
  return (await import(pathToFileURL(path).href)) as T;
}
