import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * The certificates (PEM) in a file, as Node's TLS takes them; or what is wrong with the file, in both languages. Nothing of its content is repeated: it may be a key
 * that somebody took for a certificate.
 */
export function readAuthorities(file: string): string | { readonly wrong: string } {
  let text: string;
  try { text = readFileSync(file, 'utf8'); } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
    return { wrong: `读不到该文件（${code}） · the file cannot be read (${code})` };
  }
  const certificates = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/gu) ?? [];
  try {
    for (const one of certificates) new X509Certificate(one);
    if (certificates.length > 0) return text;
  } catch { /* said below */ }
  return { wrong: '该文件中没有 PEM 格式的证书（-----BEGIN CERTIFICATE-----） · there is no certificate in PEM in this file (-----BEGIN CERTIFICATE-----)' };
}
