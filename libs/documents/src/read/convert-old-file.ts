import { execFile, spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CONVERSION_SECONDS, DOCUMENT_SIZE_LIMIT, MEGABYTE } from './limits';
import { UnfitFile } from './unfit-file';

const FILTERS = { docx: 'docx:MS Word 2007 XML', xlsx: 'xlsx:Calc MS Excel 2007 XML' } as const;

/** The converter's settings: no macro runs, no link is followed or refreshed, and whatever would go out nevertheless finds a closed door. */
const SETTINGS = (
  [
    ['org.openoffice.Office.Common/Security/Scripting', 'MacroSecurityLevel', '3'],
    ['org.openoffice.Office.Common/Security/Scripting', 'DisableMacrosExecution', 'true'],
    ['org.openoffice.Office.Common/Security/Scripting', 'BlockUntrustedRefererLinks', 'true'],
    ['org.openoffice.Office.Common/Security/Scripting', 'DisableActiveContent', 'true'],
    ['org.openoffice.Office.Writer/Content/Update', 'Link', '2'],
    ['org.openoffice.Office.Calc/Content/Update', 'Link', '2'],
    ['org.openoffice.Inet/Settings', 'ooInetProxyType', '2'],
    ['org.openoffice.Inet/Settings', 'ooInetHTTPProxyName', '127.0.0.1'],
    ['org.openoffice.Inet/Settings', 'ooInetHTTPProxyPort', '9'],
    ['org.openoffice.Inet/Settings', 'ooInetHTTPSProxyName', '127.0.0.1'],
    ['org.openoffice.Inet/Settings', 'ooInetHTTPSProxyPort', '9'],
  ] as const
).map(([path, name, value]) => `<item oor:path="/${path}"><prop oor:name="${name}" oor:op="fuse"><value>${value}</value></prop></item>`);

/**
 * Has LibreOffice turn an old file (.doc, .wps, .rtf, .odt …) into one that can be read. It runs without a window, with a profile of its own in
 * an empty folder, and is ended with all its children when time is up. Macros do not run, links are not followed.
 * Throws `UnfitFile` `document.no-converter`, `document.not-converted`.
 * @param as the kind it is turned into
 */
export async function convertOldFile(bytes: Uint8Array, extension: string, as: 'docx' | 'xlsx', seconds = CONVERSION_SECONDS): Promise<Uint8Array> {
  const words = { kind: `.${extension}`, as: `.${as}`, seconds: String(seconds) };
  const program = await findConverter();
  if (program === null) throw new UnfitFile('document.no-converter', words);
  const folder = await mkdtemp(join(tmpdir(), 'jiheng-convert-'));
  try {
    // A name of our own: the file's could be an option or leave the folder.
    const source = join(folder, `source.${extension}`);
    await writeFile(source, bytes);
    const profile = join(folder, 'profile');
    await mkdir(join(profile, 'user'), { recursive: true });
    await writeFile(
      join(profile, 'user', 'registrymodifications.xcu'),
      `<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">${SETTINGS.join('')}</oor:items>`,
    );
    const made = join(folder, 'made');
    await run(
      program,
      [`-env:UserInstallation=${pathToFileURL(profile).href}`, '--headless', '--norestore', '--nologo', '--nolockcheck', '--nodefault', '--convert-to', FILTERS[as], '--outdir', made, source],
      folder,
      seconds,
    );
    const [name] = await readdir(made).catch(() => []);
    const path = name === undefined ? null : join(made, name);
    if (path === null || (await stat(path)).size > DOCUMENT_SIZE_LIMIT * MEGABYTE) throw new UnfitFile('document.not-converted', words);
    return new Uint8Array(await readFile(path));
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Where LibreOffice is; null when it is not on this machine. `SOFFICE` names another place. */
async function findConverter(): Promise<string | null> {
  const named = process.env['SOFFICE'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const usual = ['/usr/bin', '/opt/libreoffice/program', '/Applications/LibreOffice.app/Contents/MacOS', 'C:\\Program Files\\LibreOffice\\program'];
  const names = process.platform === 'win32' ? ['soffice.com', 'soffice.exe'] : ['soffice'];
  const candidates = named === undefined ? [...folders, ...usual].flatMap((folder) => names.map((name) => join(folder, name))) : named === '' ? [] : [named];
  for (const candidate of candidates) {
    try {
      await access(candidate, constants.X_OK);
      return candidate;
    } catch {
      // Not here; the next place.
    }
  }
  return null;
}

/** Runs a program until it ends or time is up; then it and its children are killed. What it says is of no interest, only what it makes. */
function run(program: string, args: readonly string[], folder: string, seconds: number): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: folder,
      stdio: 'ignore',
      // A group of its own, so that the whole of it can be ended.
      detached: process.platform !== 'win32',
      windowsHide: true,
      // Nothing of the server's environment: it holds secrets.
      env: { PATH: process.env['PATH'] ?? '', HOME: folder, TMPDIR: folder, LANG: 'C.UTF-8', http_proxy: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9', ...(process.platform === 'win32' ? { SystemRoot: process.env['SystemRoot'] ?? '' } : {}) },
    });
    const timer = setTimeout(() => endTree(child.pid), seconds * 1000);
    const end = (): void => {
      clearTimeout(timer);
      endTree(child.pid);
      resolve();
    };
    child.once('error', end);
    child.once('exit', end);
  });
}

function endTree(pid: number | undefined): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    execFile('taskkill', ['/pid', String(pid), '/T', '/F'], () => undefined);
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody of the group is left.
  }
}
