import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { ConfigError } from '../../platform/config/app-config';

/** A text sealed with AES-256-GCM: nonce (12 bytes), cipher text, tag (16 bytes). `keyId` says with which key. */
export interface Sealed {
  readonly keyId: string;
  readonly bytes: Buffer;
}

const NONCE = 12;
const TAG = 16;

/**
 * The keys of JIHENG_SECRET_KEY: 32 bytes each, in base64 or 64 hex digits, separated by commas. The first seals, all of them open; so a new key is
 * put in front, `jiheng rotate-secrets` seals everything anew, and the old one is taken away.
 */
export class SecretKeys {
  private readonly keys: ReadonlyMap<string, Buffer>;
  /** Id of the key that seals: the first 8 hex digits of its SHA-256. Null without keys. */
  readonly currentId: string | null;

  /** @throws ConfigError for a key of another length; its text is not repeated */
  constructor(text: string | undefined) {
    const keys = (text ?? '').split(',').map((part) => part.trim()).filter((part) => part !== '').map(readKey);
    this.keys = new Map(keys.map((key) => [idOf(key), key]));
    this.currentId = keys[0] === undefined ? null : idOf(keys[0]);
  }

  /** @param context what the text belongs to; it opens in the same context only. Throws without a key: ask `currentId` before. */
  seal(text: string, context: string): Sealed {
    const { currentId } = this;
    const key = currentId === null ? undefined : this.keys.get(currentId);
    if (currentId === null || key === undefined) throw new Error('there is no key to seal with');
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG }).setAAD(Buffer.from(context));
    return { keyId: currentId, bytes: Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]) };
  }

  /** The text; null when the key is gone, or the bytes or their context are not what was sealed. */
  open({ keyId, bytes }: Sealed, context: string): string | null {
    const key = this.keys.get(keyId);
    if (key === undefined || bytes.length < NONCE + TAG) return null;
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE), { authTagLength: TAG }).setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(-TAG));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]).toString('utf8');
    } catch {
      return null;
    }
  }

  /** Keys may end up in a log by way of an object that holds them; they say nothing there. */
  toJSON(): string {
    return '[…]';
  }
}

function readKey(text: string, at: number): Buffer {
  const key = /^[0-9a-fA-F]{64}$/u.test(text) ? Buffer.from(text, 'hex') : /^[A-Za-z0-9+/_-]{43}=?$/u.test(text) ? Buffer.from(text, 'base64') : null;
  if (key?.length !== 32) throw new ConfigError(`JIHENG_SECRET_KEY: 第 ${at + 1} 个密钥不是 32 字节（base64 或 64 位十六进制）· key ${at + 1} is not 32 bytes in base64 or 64 hex digits`);
  return key;
}

function idOf(key: Buffer): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8);
}
