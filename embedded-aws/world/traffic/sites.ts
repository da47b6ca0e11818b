import type { NamedBalancer, Routing } from '../elb/routing.ts';
import type { Random } from '../random.ts';
import { normalName } from '../route53/names.ts';
import type { Dns } from '../route53/route53.ts';
import type { Serving, Visit } from './serving.ts';

/** Name servers. */
export type Names = Pick<Dns, 'query'>;

/**
 * The load balancers of the world, as a single HTTP client reaches them. Both answers are null for what the world does
 * not know.
 */
export interface Sites {
  /** Returns the addresses that DNS answers for a host name. */
  resolve(host: string): readonly string[] | null;
  /** Sends a GET to one of these addresses. */
  visit(address: string, url: URL): Visit | null;
}

interface Parties {
  readonly elb: Routing;
  readonly serving: Pick<Serving, 'visit'>;
  readonly names: Names | undefined;
  readonly chance: Random;
}

/** A node of a load balancer. */
interface Node {
  readonly dnsName: string;
  readonly zone: string;
}

const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };
const PROTOCOLS: Readonly<Record<string, string>> = { 'http:': 'HTTP', 'https:': 'HTTPS' };

/** The connection is never made. */
const UNREACHED: Visit = { status: 0, seconds: Infinity };

/**
 * Creates the sites: Application Load Balancers, by their own names and by the Route 53 names that lead to one.
 *
 * - DNS answers with the addresses of all nodes: public ones for an internet-facing load balancer, private ones for an
 *   internal one. https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html
 *   Assumed: in random order, and no resolver on the way caches it.
 * - Assumed: a port without a listener of the URL's scheme gives no answer, because the security group lets only the
 *   listeners' ports in, as AWS recommends:
 *   https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html
 * - Certificates and Network Load Balancers are not modelled.
 */
export function createSites({ elb, serving, names, chance }: Parties): Sites {
  const nodes = new Map<string, Node>();
  const addresses = new Map<string, readonly string[]>();

  const addressesOf = (dnsName: string, balancer: NamedBalancer): readonly string[] => {
    const known = addresses.get(balancer.arn);
    if (known !== undefined) return known;
    const number = addresses.size + 1;
    const given = balancer.zones.map((zone, place) => {
      const address = balancer.scheme === 'internal' ? privateOne(number, place) : publicOne(number, place);
      nodes.set(address, { dnsName, zone });
      return address;
    });
    addresses.set(balancer.arn, given);
    return given;
  };

  /** Returns the value of an alias or of a CNAME record. */
  const valueOf = (host: string): string => {
    const name = normalName(host);
    const record = names?.query({ name, type: 'A' }, chance) ?? names?.query({ name, type: 'CNAME' }, chance);
    return record?.AliasTarget?.DNSName ?? record?.ResourceRecords?.[0]?.Value ?? '';
  };

  return {
    resolve: (host) => {
      const dnsName = elb.named(host) === null ? valueOf(host) : host;
      const balancer = elb.named(dnsName);
      if (balancer?.type !== 'application') return null;
      const all = addressesOf(dnsName, balancer);
      const first = Math.floor(chance.next() * all.length);
      return [...all.slice(first), ...all.slice(0, first)];
    },
    visit: (address, url) => {
      const node = nodes.get(address);
      if (node === undefined) return null;
      const port = url.port === '' ? PORTS[url.protocol] : Number(url.port);
      const listener = elb
        .named(node.dnsName)
        ?.listeners.find((each) => each.port === port && each.protocol === PROTOCOLS[url.protocol]);
      if (listener === undefined) return UNREACHED;
      return serving.visit(listener.arn, node.zone, { host: url.hostname, path: url.pathname }, chance);
    },
  };
}

/**
 * Returns an address of a range that was given back in 2006 and leads nowhere, so that it cannot be a real host's:
 * https://www.rfc-editor.org/rfc/rfc3701. Clients that refuse ranges for documentation take it for a public address.
 */
const publicOne = (number: number, place: number): string =>
  `3ffe::${number.toString(16)}:${(place + 1).toString(16)}`;

const privateOne = (number: number, place: number): string =>
  `10.${number >> 8}.${number & 255}.${place + 4}`;
