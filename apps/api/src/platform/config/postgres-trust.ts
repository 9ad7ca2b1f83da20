const NOT_TRUSTED: ReadonlySet<string> = new Set(['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'CERT_SIGNATURE_FAILURE', 'CERT_UNTRUSTED', 'INVALID_CA']);

/**
 * A connection to PostgreSQL that TLS stands in the way of, as a sentence of each language that says what to change in `DATABASE_URL`; null when something else is the matter.
 * @param url `DATABASE_URL`: a missing file is one of its own or none of our business
 */
export function whyPostgresIsNotTrusted(error: Error, url: string): { readonly zh: string; readonly en: string } | null {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (NOT_TRUSTED.has(code)) return { zh: `不信任数据库的证书（${code}）。如由本单位自己的机构签发，请在 DATABASE_URL 末尾写上 sslmode=verify-full&sslrootcert=该机构证书的文件。`, en: `The certificate of the database is not trusted (${code}). If an authority of your own has signed it, end DATABASE_URL with sslmode=verify-full&sslrootcert=FILE, the certificate of that authority.` };
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') return { zh: `数据库的证书不在有效期内（${code}），请更换证书或核对本机时间。`, en: `The certificate of the database is out of date (${code}). Renew it, or set this machine's clock.` };
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return { zh: '数据库的证书不是签发给 DATABASE_URL 中的主机名或地址的，请用证书上的名称。', en: 'The certificate of the database is not for the host in DATABASE_URL. Use the name that the certificate has.' };
  if (error.message.includes('does not support SSL')) return { zh: '数据库没有启用 TLS，而 DATABASE_URL 要求使用。请在 PostgreSQL 中设置 ssl=on，或去掉 sslmode。', en: 'The database speaks no TLS, which DATABASE_URL asks for. Set ssl=on in PostgreSQL, or leave sslmode out.' };
  // `pg_hba.conf` with hostssl: 28000 as for a wrong name, but another remedy.
  if (code === '28000' && /no encryption/u.test(error.message)) return { zh: '数据库只接受 TLS 连接。请在 DATABASE_URL 末尾写上 sslmode=verify-full（必要时加 &sslrootcert=证书文件）。', en: 'The database takes connections over TLS only. End DATABASE_URL with sslmode=verify-full (and &sslrootcert=FILE where its authority is your own).' };
  if (code === 'ENOENT' && 'path' in error && typeof error.path === 'string' && namedIn(url, error.path)) return { zh: `读不到 DATABASE_URL 中 sslrootcert、sslcert 或 sslkey 所指的文件 ${error.path}。`, en: `A file of DATABASE_URL (sslrootcert, sslcert or sslkey) cannot be read: ${error.path}.` };
  return null;
}

function namedIn(url: string, path: string): boolean {
  try { return [...new URL(url).searchParams.values()].includes(path); } catch { return false; }
}
