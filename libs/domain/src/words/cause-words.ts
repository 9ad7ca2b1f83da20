import type { Language, Words } from './speak';

/** What machines call the usual troubles, in words. The code stays behind them in brackets, for whoever mends it. */
const CODES: Readonly<Record<string, Words>> = {
  ECONNREFUSED: { zh: '对方拒绝连接', en: 'the connection was refused' },
  ECONNRESET: { zh: '连接被对方中断', en: 'the connection was broken off' },
  ETIMEDOUT: { zh: '连接超时', en: 'the connection timed out' },
  EHOSTUNREACH: { zh: '网络不通', en: 'the host cannot be reached' },
  ENETUNREACH: { zh: '网络不通', en: 'the network cannot be reached' },
  ENOTFOUND: { zh: '找不到这个主机名', en: 'the host name is not known' },
  EAI_AGAIN: { zh: '暂时无法解析主机名', en: 'the host name cannot be resolved at the moment' },
  EPIPE: { zh: '连接被对方中断', en: 'the connection was broken off' },
  UND_ERR_SOCKET: { zh: '连接被对方中断', en: 'the connection was broken off' },
  UND_ERR_CONNECT_TIMEOUT: { zh: '连接超时', en: 'the connection timed out' },
  EPROTO: { zh: '加密连接没有建立：对方用的不是 https，或加密方式不一致', en: 'no encrypted connection came about: it does not speak https, or another version of it' },
  ERR_INVALID_CHAR: { zh: '令牌、前缀或请求头里有不能发送的字符（如中文）', en: 'the token, its prefix or a header holds characters that cannot be sent' },
  UND_ERR_HEADERS_TIMEOUT: { zh: '对方迟迟没有应答', en: 'no answer came in time' },
  CERT_HAS_EXPIRED: { zh: '对方的证书已过期', en: 'its certificate has expired' },
  DEPTH_ZERO_SELF_SIGNED_CERT: { zh: '对方使用自签名证书', en: 'its certificate is self-signed' },
  SELF_SIGNED_CERT_IN_CHAIN: { zh: '对方的证书链含自签名证书', en: 'its certificate chain is self-signed' },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: { zh: '无法验证对方的证书', en: 'its certificate cannot be verified' },
  ERR_TLS_CERT_ALTNAME_INVALID: { zh: '证书与主机名不符', en: 'its certificate is for another host' },
  ENOENT: { zh: '没有这个文件或文件夹', en: 'there is no such file or folder' },
  EACCES: { zh: '没有读取权限', en: 'it may not be read' },
  EPERM: { zh: '没有读取权限', en: 'it may not be read' },
  EISDIR: { zh: '这是文件夹，不是文件', en: 'it is a folder and not a file' },
  ENOTDIR: { zh: '这不是文件夹', en: 'it is not a folder' },
  EMFILE: { zh: '打开的文件过多', en: 'too many files are open' },
  ENOSPC: { zh: '磁盘空间不足', en: 'the disk is full' },
};

/** What libraries say in sentences of their own, by what is typical of them. */
const SENTENCES: readonly (readonly [RegExp, Words])[] = [
  [/unexpected (token|end of json)|is not valid json|in json at position/iu, { zh: '内容不是有效的 JSON', en: 'it is not valid JSON' }],
  [/(?<!client )password|encrypt/iu, { zh: '文件有密码保护', en: 'the file is protected by a password' }],
  [/central directory|corrupt|invalid signature|bad compressed|unsupported zip|zip/iu, { zh: '文件已损坏或不完整', en: 'the file is damaged or incomplete' }],
  [/fetch failed|socket hang up|other side closed/iu, { zh: '连接失败', en: 'the connection failed' }],
  [/invalid url/iu, { zh: '地址写法不对', en: 'the address is not written correctly' }],
  [/permission denied/iu, { zh: '没有权限', en: 'permission was denied' }],
];

/** How Node names compressed content that ends too soon or is none: of gzip and deflate, and of brotli, which has a name for each kind of damage. */
const BROKEN_PACKING = /^(?:Z_(?:BUF|DATA)_ERROR|ERR_\w*ERROR_FORMAT_\w+)$/u;

function statusWords(status: number): Words | null {
  if (status === 401 || status === 403) return { zh: '对方不允许访问', en: 'access is not allowed' };
  if (status === 404 || status === 410) return { zh: '对方没有这个地址', en: 'there is nothing at this address' };
  if (status === 429) return { zh: '对方嫌请求过于频繁', en: 'it was asked too often' };
  return status >= 500 ? { zh: '对方服务器故障', en: 'its server failed' } : null;
}

function knownWords(cause: string): Words | null {
  const code = CODES[cause];
  if (code !== undefined) return { zh: `${code.zh}（${cause}）`, en: `${code.en} (${cause})` };
  const waited = /^timeout (\d+) s$/u.exec(cause)?.[1];
  if (waited !== undefined) return { zh: `等待 ${waited} 秒没有应答`, en: `no answer within ${waited} s` };
  const line = /^line (\d+)$/u.exec(cause)?.[1];
  if (line !== undefined) return { zh: `第 ${line} 行`, en: cause };
  if (BROKEN_PACKING.test(cause)) return { zh: `压缩的内容被截断或已损坏（${cause}）`, en: `its compressed content is cut off or damaged (${cause})` };
  if (/^SFTP \d+$/u.test(cause)) return { zh: `对方的文件服务报错（${cause}）`, en: `its file service reports a fault (${cause})` };
  const redirects = /^(\d+)\+ redirects$/u.exec(cause)?.[1];
  if (redirects !== undefined) return { zh: `跳转超过 ${redirects} 次`, en: `more than ${redirects} redirects` };
  const status = /^HTTP (\d{3})$/u.exec(cause)?.[1];
  if (status !== undefined) {
    const words = statusWords(Number(status));
    return words === null ? null : { zh: `${words.zh}（${cause}）`, en: `${words.en} (${cause})` };
  }
  return SENTENCES.find(([typical]) => typical.test(cause))?.[1] ?? null;
}

/**
 * The cause of a trouble as a part of a sentence. What a library or the system said is put into words where it is known; a foreign sentence
 * nobody knows is quoted as the original, so that no reader takes it for ours. Our own words pass as they are.
 */
export function sayCause(cause: string, language: Language): string {
  // Chinese is ours already.
  if (/\p{Script=Han}/u.test(cause)) return cause;
  const known = knownWords(cause);
  if (known !== null) return known[language];
  const isForeign = /[A-Za-z]{2,}[ ,:;]+[A-Za-z]{2,}/u.test(cause) || /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$|^E[A-Z]{4,}$/u.test(cause);
  if (!isForeign) return cause;
  return language === 'zh' ? `原文：“${cause}”` : `original: “${cause}”`;
}
