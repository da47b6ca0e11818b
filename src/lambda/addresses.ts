import { BlockList, isIPv6 } from 'node:net';

/**
 * Who may have an address. `private`: hosts in networks of the stack's owner. `loopback`: this function itself, with
 * Lambda's runtime API. `closed`: no host that a person means, such as AWS's metadata.
 */
export type Range = 'public' | 'private' | 'loopback' | 'closed';

/** `10.0.0.0/8` and so on. A rule for IPv4 also holds for its form in IPv6, `::ffff:10.0.0.1`. */
function listOf(...subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [net = '', bits = ''] = subnet.split('/');
    list.addSubnet(net, Number(bits), isIPv6(net) ? 'ipv6' : 'ipv4');
  }
  return list;
}

const LOOPBACK = listOf('127.0.0.0/8', '::1/128');

/** The instance metadata and other services of EC2 lie within a private range. */
const OF_EC2 = listOf('fd00:ec2::/32');

/** Private networks, shared address space and benchmarking: VPCs use all of them. */
const PRIVATE = listOf(
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '198.18.0.0/15',
  'fc00::/7',
);

/**
 * Ranges that are not globally reachable, multicast, and those that lead to an IPv4 address.
 * https://www.iana.org/assignments/iana-ipv4-special-registry
 * https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const CLOSED = listOf(
  ...['0.0.0.0/8', '169.254.0.0/16', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  ...['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'],
);

/** The only part of IPv6 from which public addresses are given. */
const GLOBAL_UNICAST = listOf('2000::/3');

/**
 * Addresses for hosts that have none in IPv6, such as a DNS64 resolver of a VPC gives. A NAT gateway sends to the IPv4
 * address in the last 32 bits. https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html
 */
const NAT64 = listOf('64:ff9b::/96');

/** Returns the range of an IPv4 or IPv6 address. */
export function rangeOf(address: string): Range {
  if (isIPv6(address) && NAT64.check(address, 'ipv6')) return rangeOf(lastBitsOf(address));
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  const isIn = (list: BlockList) => list.check(address, family);
  if (isIn(LOOPBACK)) return 'loopback';
  if (isIn(CLOSED) || isIn(OF_EC2)) return 'closed';
  if (isIn(PRIVATE)) return 'private';
  return family === 'ipv4' || isIn(GLOBAL_UNICAST) ? 'public' : 'closed';
}

/** Returns the last 32 bits of an IPv6 address as one of IPv4. */
function lastBitsOf(address: string): string {
  // A URL writes every address in one form, and its zone is no part of it.
  const groups = new URL(`http://[${address.replace(/%.*$/, '')}]/`).hostname.slice(1, -1).split(':');
  const bytes = groups.slice(-2).flatMap((group) => {
    const bits = Number.parseInt(group || '0', 16);
    return [bits >> 8, bits & 255];
  });
  return bytes.join('.');
}
