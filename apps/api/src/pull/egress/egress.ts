import { lookup as lookUp } from 'node:dns/promises';
import { type Result, ok, refuse } from '@jiheng/domain';
import type ipaddr from 'ipaddr.js';
import { ConfigError } from '../../platform/config/app-config';
import { type AllowedHost, holdsAddress, meansPort, readAddress, readAllowedHost } from './allowed-hosts';

/** Somewhere a source wants to be asked. `usualPort`: what the protocol uses when nobody names one. */
export interface Destination {
  readonly host: string;
  readonly port: number;
  readonly usualPort: number;
}

/** An address that was checked; connect to this and not to the name again. */
export interface CheckedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Every address a destination leads to, all of them checked, in the order of the resolver. */
export type CheckedAddresses = readonly [CheckedAddress, ...CheckedAddress[]];

/** Asks for the addresses of a name. */
export type Resolve = (host: string) => Promise<readonly string[]>;

const RESOLVE_MS = 5_000;

/** Where machines in a cloud are told their keys: admitted only when this very address is listed, never as part of a network. */
const METADATA: ReadonlySet<string> = new Set(['169.254.169.254', '169.254.170.2', '169.254.0.23', '100.100.100.200', '192.0.0.192', 'fd00:ec2::254']);

const RANGE_WORDS: Readonly<Record<string, readonly [string, string]>> = {
  loopback: ['本机地址', 'this very machine'], private: ['内网地址', 'a private network'], uniqueLocal: ['内网地址', 'a private network'], linkLocal: ['链路本地地址', 'a link-local address'],
  metadata: ['云主机元数据服务', 'the metadata service of a cloud'], carrierGradeNat: ['运营商内网地址', 'a network of the carrier'], unspecified: ['未指定地址', 'the unspecified address'],
  multicast: ['组播地址', 'a multicast address'], broadcast: ['广播地址', 'the broadcast address'],
};

/**
 * 出站许可: where this server may go when a source is asked. A name has to be listed, and so has every address in a private, loopback, link-local or
 * otherwise special range that it leads to. The list is a setting of the server and not a table: who may open its network is not decided inside it.
 */
export class Egress {
  private readonly entries: readonly AllowedHost[];

  /** @throws ConfigError for an entry that cannot be read */
  constructor(allowed: readonly string[], private readonly resolve: Resolve = resolveByDns) {
    this.entries = allowed.map((entry, at) => {
      const read = readAllowedHost(entry);
      // An entry that is passed over in silence would be missed on the day of the pull.
      if (read === null) throw new ConfigError(`PULL_ALLOWED_HOSTS: 第 ${at + 1} 项写法有误 · entry ${at + 1} is not a host, host:port, network or host=network`);
      return read;
    });
  }

  /** Whether a place may be asked, as far as its spelling tells; used when a source is made, before anything is sent. */
  checkName(to: Destination): Result<void> {
    const literal = readAddress(to.host);
    if (literal !== null) return this.checkAddress(to, literal, true);
    const host = to.host.toLowerCase().replace(/\.$/u, '');
    return this.entries.some((entry) => entry.name === host && meansPort(entry, to.port, to.usualPort)) ? ok(undefined) : notListed(to);
  }

  /**
   * Resolves a destination once and checks every address it leads to; one that is not allowed refuses them all. The caller connects to the answer, so
   * a name that changes its mind between the check and the connection changes nothing (DNS rebinding). All of them are answered: of a host with two, one may be dead (connect-checked.ts).
   * @throws what the resolver throws when the name does not resolve
   */
  async addressesOf(to: Destination): Promise<Result<CheckedAddresses>> {
    const named = this.checkName(to);
    if (!named.ok) return named;
    const literal = readAddress(to.host);
    const addresses = literal === null ? (await inTime(this.resolve(to.host))).map(readAddress) : [literal];
    const checked: CheckedAddress[] = [];
    for (const address of addresses) {
      if (address === null) return notListed(to);
      const lawful = this.checkAddress(to, address, literal !== null);
      if (!lawful.ok) return lawful;
      checked.push({ address: address.toString(), family: address.kind() === 'ipv4' ? 4 : 6 });
    }
    const [first, ...others] = checked;
    if (first === undefined) throw Object.assign(new Error(`no address for ${to.host}`), { code: 'ENOTFOUND' });
    return ok([first, ...others]);
  }

  /** @param asked whether the address was written down itself, and did not come out of a name */
  private checkAddress(to: Destination, address: ipaddr.IPv4 | ipaddr.IPv6, asked: boolean): Result<void> {
    const text = address.toString();
    const range = METADATA.has(text) ? 'metadata' : address.range();
    const host = to.host.toLowerCase().replace(/\.$/u, '');
    const listed = this.entries.some((entry) => meansPort(entry, to.port, to.usualPort) && (entry.name === null || entry.name === host)
      && (range === 'metadata' ? entry.networks.some(([base, bits]) => base.toString() === text && bits === (address.kind() === 'ipv4' ? 32 : 128)) : holdsAddress(entry, address)));
    if (listed || (!asked && range === 'unicast')) return ok(undefined);
    if (range === 'unicast') return notListed(to);
    const [zh, en] = RANGE_WORDS[range] ?? ['保留地址', 'a reserved address'];
    return refuse('pull.address-forbidden', { host: spell(to), address: text, range: zh, rangeEn: en, entry: asked ? spell(to) : `${spell(to)}=${text}` });
  }
}

function notListed(to: Destination): Extract<Result<void>, { ok: false }> {
  return refuse('pull.host-not-listed', { host: to.host, entry: spell(to) });
}

/** As it would be written in the list. */
function spell({ host, port, usualPort }: Destination): string {
  return port === usualPort ? host : `${host}:${port}`;
}

async function resolveByDns(host: string): Promise<readonly string[]> {
  return (await lookUp(host, { all: true, verbatim: true })).map(({ address }) => address);
}

/** A name server that is silent must not hold a pull for half a minute. */
function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_done, failed) => { timer = setTimeout(() => failed(Object.assign(new Error('name server timeout'), { code: 'DNS timeout' })), RESOLVE_MS); });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
