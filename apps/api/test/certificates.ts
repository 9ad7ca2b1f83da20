import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An authority of a test's own and what it signed, as files in PEM. */
export interface Certificates {
  /** The authority; whoever trusts it trusts the server. */
  readonly authority: string;
  /** Another authority, which signed nothing. */
  readonly stranger: string;
  /** The server's, for 127.0.0.1 and for the name `localhost`. */
  readonly certificate: string;
  readonly key: string;
  /** The same for a server of another name. */
  readonly misnamed: { readonly certificate: string; readonly key: string };
  stop(): void;
}

/** Certificates are made by `openssl`, which every Debian with ca-certificates has. */
export function opensslIsThere(): boolean {
  return spawnSync('openssl', ['version']).status === 0;
}

/** Makes them in a tenth of a second; they last two days. */
export function makeCertificates(): Certificates {
  const dir = mkdtempSync(join(tmpdir(), 'jiheng-certificates-'));
  // Servers of the test run as other accounts.
  chmodSync(dir, 0o755);
  const openssl = (args: readonly string[]): void => {
    const { status, stderr } = spawnSync('openssl', [...args], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  };
  const make = (name: string, more: readonly string[]): { certificate: string; key: string } => {
    const [certificate, key] = [join(dir, `${name}.pem`), join(dir, `${name}.key`)];
    openssl(['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', `/CN=${name}`, '-keyout', key, '-out', certificate, ...more]);
    return { certificate, key };
  };
  const [authority, stranger] = [make('an-authority', []), make('a-stranger', [])];
  const signed = ['-CA', authority.certificate, '-CAkey', authority.key, '-addext', 'basicConstraints=critical,CA:FALSE'];
  const server = make('server', [...signed, '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost']);
  const misnamed = make('elsewhere', [...signed, '-addext', 'subjectAltName=DNS:elsewhere.example']);
  return { authority: authority.certificate, stranger: stranger.certificate, ...server, misnamed, stop: () => { rmSync(dir, { recursive: true, force: true }); } };
}
