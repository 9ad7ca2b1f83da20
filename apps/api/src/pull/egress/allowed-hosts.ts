import type { AllowedHosts } from '@jiheng/contract';
import ipaddr from 'ipaddr.js';

type Network = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Bits of a single address. */
const WHOLE = { ipv4: 32, ipv6: 128 } as const;

/** One entry of PULL_ALLOWED_HOSTS. */
export interface AllowedHost {
  /** A name in lower case, or null for an entry that is an address or a network. */
  readonly name: string | null;
  /** Networks that are meant: the entry itself when it is an address, or what follows `=` behind a name. */
  readonly networks: readonly Network[];
  /** A port, `'*'` for any, or null for the usual one of the protocol. */
  readonly port: number | '*' | null;
}

/**
 * Reads one entry: `host`, `host:8080`, `host:*`, `10.1.2.3`, `10.1.0.0/16:*`, `[fd00::7]:443`, or `host:8080=10.1.0.0/16`, a name together with
 * the private addresses it may lead to. Null for what is none of these.
 */
export function readAllowedHost(entry: string): AllowedHost | null {
  const [spot = '', place, ...more] = entry.trim().toLowerCase().split('=');
  const [, bracketed, bare, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}|\*))?$/u.exec(spot) ?? [];
  const host = bracketed ?? bare;
  if (host === undefined || more.length > 0) return null;
  const ports = port === undefined ? null : port === '*' ? '*' as const : Number(port);
  const own = networkOf(host);
  if (own !== null) return place === undefined ? { name: null, networks: [own], port: ports } : null;
  if (!/^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/u.test(host)) return null;
  if (place === undefined) return { name: host, networks: [], port: ports };
  const meant = networkOf(place.replace(/^\[|\]$/gu, ''));
  return meant === null ? null : { name: host, networks: [meant], port: ports };
}

/** An entry in plain parts, as people read it: a single address without the length of its network. */
export function spellAllowedHost({ name, networks, port }: AllowedHost): AllowedHosts['hosts'][number] {
  return { host: name, networks: networks.map(([base, bits]) => (bits === WHOLE[base.kind()] ? base.toString() : `${base.toString()}/${bits}`)), port };
}

/** Whether an entry speaks of this port; `usual` is the port the protocol has when nobody names one. */
export function meansPort(entry: AllowedHost, port: number, usual: number): boolean {
  return entry.port === '*' || (entry.port ?? usual) === port;
}

/** Whether an address lies in one of the entry's networks. */
export function holdsAddress(entry: AllowedHost, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return entry.networks.some(([base, bits]) => base.kind() === address.kind() && address.match([base, bits] as [ipaddr.IPv4, number]));
}

/** An address as it is meant: an IPv4 address inside an IPv6 one counts as the IPv4 address. Null for what is none. */
export function readAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const bare = text.replace(/^\[|\]$/gu, '');
  // Only the four-part form: `127.1` and `0x7f000001` are addresses to some and names to others.
  return bare.includes(':') || ipaddr.IPv4.isValidFourPartDecimal(bare) ? (ipaddr.isValid(bare) ? ipaddr.process(bare) : null) : null;
}

function networkOf(text: string): Network | null {
  const [base = '', bits, ...more] = text.split('/');
  const address = readAddress(base);
  if (address === null || more.length > 0) return null;
  const whole = WHOLE[address.kind()];
  if (bits === undefined) return [address, whole];
  return /^\d{1,3}$/u.test(bits) && Number(bits) <= whole ? [address, Number(bits)] : null;
}
