import { sayRefusal } from '@jiheng/domain';
import { readAllowedHost, spellAllowedHost } from './allowed-hosts';
import { type Destination, Egress } from './egress';

const https = (host: string, port = 443): Destination => ({ host, port, usualPort: 443 });

describe('an entry of PULL_ALLOWED_HOSTS', () => {
  it.each(['data.example', 'data.example:8443', 'data.example:*', '10.1.2.3', '10.1.0.0/16:*', '[fd00::7]:443', '[fd00::]', 'sbk.intranet:8080=10.1.2.0/24'])('%s is understood', (entry) => {
    expect(readAllowedHost(entry)).not.toBeNull();
  });
  it.each(['', '*', '*.example', 'https://data.example', 'data.example/path', '10.1.2.3=10.1.2.4', 'a=b', 'a=10.0.0.0/8=x', '10.0.0.0/33', 'data.example:port'])('%s is none', (entry) => {
    expect(readAllowedHost(entry)).toBeNull();
  });
});

describe('an entry as people read it', () => {
  it.each([
    ['data.example', { host: 'data.example', networks: [], port: null }], ['SBK.intranet:8080=10.1.2.0/24', { host: 'sbk.intranet', networks: ['10.1.2.0/24'], port: 8080 }],
    ['10.1.2.3:*', { host: null, networks: ['10.1.2.3'], port: '*' }], ['10.1.0.0/16', { host: null, networks: ['10.1.0.0/16'], port: null }], ['[fd00::7]:443', { host: null, networks: ['fd00::7'], port: 443 }],
  ])('%s', (entry, plain) => {
    const read = readAllowedHost(entry);
    expect(read === null ? null : spellAllowedHost(read)).toEqual(plain);
  });
});

describe('where the server goes', () => {
  const answers = (...addresses: string[]) => () => Promise.resolve(addresses);
  const codeOf = async (egress: Egress, to: Destination): Promise<string> => { const found = await egress.addressesOf(to); return found.ok ? found.value.map(({ address }) => address).join() : found.refusal.code; };

  it('a listed name on its usual port, and no other name, port, or name that only ends alike', async () => {
    const egress = new Egress(['data.example'], answers('93.184.216.34'));
    expect(await codeOf(egress, https('data.example'))).toBe('93.184.216.34');
    expect(await codeOf(egress, https('DATA.example.'))).toBe('93.184.216.34');
    for (const to of [https('data.example', 8443), https('data.example.evil.example'), https('evil-data.example'), https('93.184.216.34')]) expect([to.host, await codeOf(egress, to)]).toEqual([to.host, 'pull.host-not-listed']);
  });

  it.each([
    ['127.0.0.1', '本机地址'], ['10.1.2.3', '内网地址'], ['172.16.0.1', '内网地址'], ['192.168.1.1', '内网地址'], ['169.254.1.1', '链路本地地址'], ['169.254.169.254', '云主机元数据服务'],
    ['100.100.100.200', '云主机元数据服务'], ['100.64.0.1', '运营商内网地址'], ['0.0.0.0', '未指定地址'], ['::1', '本机地址'], ['fd00::1', '内网地址'], ['fe80::1', '链路本地地址'],
    ['::ffff:127.0.0.1', '本机地址'], ['64:ff9b::7f00:1', '保留地址'], ['2002:7f00:1::', '保留地址'], ['224.0.0.1', '组播地址'],
  ])('a listed name that leads to %s is refused as %s', async (address, range) => {
    const found = await new Egress(['data.example'], answers(address)).addressesOf(https('data.example'));
    expect(found.ok ? null : [found.refusal.code, found.refusal.params['range']]).toEqual(['pull.address-forbidden', range]);
  });

  it('one forbidden address among good ones refuses them all', async () => {
    expect(await codeOf(new Egress(['data.example'], answers('93.184.216.34', '127.0.0.1')), https('data.example'))).toBe('pull.address-forbidden');
  });

  it('every address of a name with several, in the order of the resolver', async () => {
    expect(await codeOf(new Egress(['data.example'], answers('2606:2800:220:1::1', '93.184.216.34')), https('data.example'))).toBe('2606:2800:220:1::1,93.184.216.34');
    await expect(new Egress(['data.example'], answers()).addressesOf(https('data.example'))).rejects.toThrow('no address');
  });

  it('a chosen host of the own network, listed by address, by network, or as a name with the network it may lead to', async () => {
    expect(await codeOf(new Egress(['10.1.2.3:*']), https('10.1.2.3', 8080))).toBe('10.1.2.3');
    expect(await codeOf(new Egress(['10.1.0.0/16']), https('10.1.255.7'))).toBe('10.1.255.7');
    expect(await codeOf(new Egress(['10.1.0.0/16']), https('10.2.0.1'))).toBe('pull.address-forbidden');
    const named = new Egress(['sbk.intranet=10.1.2.0/24'], answers('10.1.2.3'));
    expect(await codeOf(named, https('sbk.intranet'))).toBe('10.1.2.3');
    expect(await codeOf(named, https('10.1.2.3'))).toBe('pull.address-forbidden');
    expect(await codeOf(new Egress(['sbk.intranet=10.1.2.0/24'], answers('10.1.3.3')), https('sbk.intranet'))).toBe('pull.address-forbidden');
  });

  it('the metadata service only when that very address is listed, never as part of a network', async () => {
    expect(await codeOf(new Egress(['169.254.0.0/16:*', '0.0.0.0/0:*']), https('169.254.169.254'))).toBe('pull.address-forbidden');
    expect(await codeOf(new Egress(['169.254.169.254']), https('169.254.169.254'))).toBe('169.254.169.254');
  });

  it('spellings of 127.0.0.1 that some programs understand are names to us, and names are not listed', async () => {
    for (const host of ['0x7f000001', '2130706433', '127.1', 'localhost']) expect([host, await codeOf(new Egress(['data.example']), https(host))]).toEqual([host, 'pull.host-not-listed']);
  });

  it('says which host, and who may add it and how', async () => {
    const unlisted = new Egress([]).checkName({ host: 'sbk.intranet', port: 8080, usualPort: 80 });
    expect(unlisted.ok ? '' : sayRefusal(unlisted.refusal, 'zh')).toBe('主机 sbk.intranet 不在允许取数的名单内，未发出任何请求。确需从该主机取数的，请系统管理员在服务器配置 PULL_ALLOWED_HOSTS 中加入 sbk.intranet:8080，重启后再试。');
    const inside = await new Egress(['sbk.intranet:8080'], answers('10.1.2.3')).addressesOf({ host: 'sbk.intranet', port: 8080, usualPort: 80 });
    expect(inside.ok ? '' : sayRefusal(inside.refusal, 'en')).toBe('The host sbk.intranet:8080 leads to 10.1.2.3 (a private network), so it was not connected. If it is a system of your own network, the administrator of the server writes sbk.intranet:8080=10.1.2.3 in PULL_ALLOWED_HOSTS and restarts.');
  });
});
