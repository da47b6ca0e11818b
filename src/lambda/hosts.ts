import { isIP } from 'node:net';
import type { Variables } from '../aws/client.ts';
import { rangeOf } from './addresses.ts';

/**
 * The hosts that are not public and may be called: names, `*.DOMAIN` for all below a domain, and addresses. The stack's
 * owner lists them in `params.yml`.
 */
export type Hosts = readonly string[];

export function hostsOf({ variable }: Pick<Variables, 'variable'>): Hosts {
  const listed = (variable('INTERNAL_HOSTS') ?? '').split(',').map((host) => host.trim().toLowerCase());
  return listed.filter((host) => host !== '');
}

/** Returns the host of a URL as operators list it: without brackets and without the dot of the root. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
}

/**
 * Says why a URL whose host is an address must not be called; null: it may be, or its host is a name, whose addresses
 * are known only when it is called. The name `localhost` and names below it always lead to this function itself.
 * https://www.rfc-editor.org/rfc/rfc6761#section-6.3
 */
export function problemOfLiteral(url: URL, hosts: Hosts): string | null {
  const host = hostOf(url);
  if (/(^|\.)localhost$/.test(host)) return never(host, host);
  return isIP(host) === 0 ? null : problemOfAddress(host, host, hosts);
}

/** Says why a host must not be called at one of its addresses; null: it may be. */
export function problemOfAddress(host: string, address: string, hosts: Hosts): string | null {
  switch (rangeOf(address)) {
    case 'public':
      return null;
    case 'private':
      return isListed(host, hosts) ? null : notListed(host, address);
    // A name may lead here by mistake or by an attack. Only the address itself can be meant.
    case 'loopback':
      return hosts.includes(host) && host === address ? null : never(host, address);
    case 'closed':
      return never(host, address);
  }
}

function isListed(host: string, hosts: Hosts): boolean {
  return hosts.some((one) => one === host || (one.startsWith('*.') && host.endsWith(one.slice(1))));
}

function notListed(host: string, address: string): string {
  const is = host === address ? 'is a private address' : `has the private address ${address}`;
  return `${host} ${is}: to allow it, add ${host} to the parameter "hosts" in params.yml and deploy`;
}

function never(host: string, address: string): string {
  return host === address
    ? `${host} must not be called`
    : `${host} leads to ${address}, which must not be called`;
}
