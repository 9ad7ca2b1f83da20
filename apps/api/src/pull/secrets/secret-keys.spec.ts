import { inspect } from 'node:util';
import { SecretKeys } from './secret-keys';
import { SourceSecrets } from './source-secrets';

const OLD = Buffer.alloc(32, 1).toString('base64');
const NEW = Buffer.alloc(32, 2).toString('base64');

describe('a sealed secret', () => {
  it('opens with its key and in its context only', () => {
    const keys = new SecretKeys(OLD);
    const sealed = keys.seal('s3cret 密码', 'source\nPASSWORD\nhttps://a:443');
    expect(keys.open(sealed, 'source\nPASSWORD\nhttps://a:443')).toBe('s3cret 密码');
    expect(keys.open(sealed, 'source\nPASSWORD\nhttps://evil:443')).toBeNull();
    expect(new SecretKeys(NEW).open(sealed, 'source\nPASSWORD\nhttps://a:443')).toBeNull();
    expect(sealed.bytes.toString('utf8')).not.toContain('s3cret');
  });
  it('opens no longer when one bit of it is changed, wherever it is', () => {
    const keys = new SecretKeys(OLD);
    const { keyId, bytes } = keys.seal('s3cret', 'c');
    for (let at = 0; at < bytes.length; at += 1) {
      const touched = Buffer.from(bytes);
      touched.writeUInt8(touched.readUInt8(at) ^ 1, at);
      expect(keys.open({ keyId, bytes: touched }, 'c')).toBeNull();
    }
    expect(keys.open({ keyId, bytes: bytes.subarray(0, 20) }, 'c')).toBeNull();
  });
  it('never looks the same twice', () => {
    const keys = new SecretKeys(OLD);
    expect(keys.seal('s', 'c').bytes.equals(keys.seal('s', 'c').bytes)).toBe(false);
  });
  it('is sealed with the first key and opened with any', () => {
    const sealed = new SecretKeys(OLD).seal('s', 'c');
    const both = new SecretKeys(`${NEW},${OLD}`);
    expect(both.open(sealed, 'c')).toBe('s');
    expect(both.seal('s', 'c').keyId).toBe(new SecretKeys(NEW).currentId);
  });
  it('keys may be written in hexadecimal; a key of another length is refused without being repeated', () => {
    expect(new SecretKeys('02'.repeat(32)).currentId).toBe(new SecretKeys(NEW).currentId);
    expect(new SecretKeys(undefined).currentId).toBeNull();
    expect(() => new SecretKeys(`${OLD},hunter2`)).toThrow(/key 2 is not 32 bytes/u);
    expect(() => new SecretKeys('hunter2')).not.toThrow(/hunter2/u);
  });
  it('keys and opened secrets say nothing to a log', () => {
    const secrets = new SourceSecrets(new Map([['PASSWORD', 's3cret']]));
    for (const text of [JSON.stringify({ secrets, keys: new SecretKeys(OLD) }), inspect(secrets, { depth: 9, showHidden: true })]) expect(text).not.toMatch(/s3cret|AQEB/u);
  });
});
