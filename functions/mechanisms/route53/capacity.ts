import type { Watch } from '../../../src/rollback/plan.ts';
import type { Balancer, Balancers, Reading, Route53, WeightedRecord } from './route53.ts';
import { sharesOf, weightIn, type Weights } from './weights.ts';

/** Whether the records that would get more traffic can take it. */
export interface Capacity {
  /** Why not; empty when nothing is known against it. */
  readonly blockers: readonly string[];
  /** What could not be made sure of. */
  readonly doubts: readonly string[];
  /** The target groups that would carry the traffic. */
  readonly targetGroups: Watch['targetGroups'];
}

interface Clients {
  readonly route53: Pick<Route53, 'healthCheck'>;
}

/** The load balancer that each record is an alias of, in their order; null: it is none, or it is not to be found. */
export type Behind = readonly (Balancer | null)[];

/** What is known of one record that would get more traffic. */
interface Side {
  readonly record: WeightedRecord;
  /** The share that it would get, 0 to 1. */
  readonly share: number;
  readonly reading: Reading;
  readonly balancer: Balancer | null;
}

/** Capacity before weight: looks at the health checks of the records, and at the targets behind load balancers. */
export async function capacityOf(
  records: readonly WeightedRecord[],
  present: Weights,
  wanted: Weights,
  balancers: Behind,
  clients: Clients,
): Promise<Capacity> {
  const [before, after] = [sharesOf(present), sharesOf(wanted)];
  const needed = neededFor(records, before, balancers);
  const growing = records.filter(({ identifier: id }) => weightIn(after, id) > weightIn(before, id));
  const sides = await Promise.all(
    growing.map(async (record): Promise<Side> => {
      const balancer = balancers[records.indexOf(record)] ?? null;
      return {
        record,
        balancer,
        share: weightIn(after, record.identifier),
        reading: await read(record, clients),
      };
    }),
  );
  return {
    blockers: sides.flatMap((side) => blockerOf(side, needed) ?? []),
    doubts: sides
      .filter(isUnwatched)
      .map(({ record: { identifier }, reading }) => `${identifier}: ${reading.says}`),
    targetGroups: sides.flatMap(({ balancer }) =>
      (balancer?.groups ?? []).map(({ arn, healthy }) => ({ arn, wanted: healthy })),
    ),
  };
}

/**
 * How many targets it takes to carry all of the traffic: as many as are registered behind the largest record that serves
 * now. Healthy ones alone would ask for too few, because what we go back from may be failing.
 */
function neededFor(records: readonly WeightedRecord[], shares: Weights, balancers: Behind): number {
  const serving = balancers.filter((_, i) => weightIn(shares, records[i]?.identifier ?? '') > 0);
  return Math.max(0, ...serving.map((balancer) => countIn(balancer, 'registered')));
}

function blockerOf({ record, share, reading, balancer }: Side, all: number): string | null {
  const { identifier, alias } = record;
  const because = (why: string) => `${identifier} cannot take it: ${why}`;
  if (reading.state === 'unhealthy' || reading.state === 'unknown') return because(reading.says);
  if (regionOf(alias?.dnsName) === null) return null;
  if (balancer === null) return because(`its load balancer ${alias?.dnsName ?? ''} is not to be found`);
  const empty = balancer.groups.find(({ healthy }) => healthy === 0);
  if (empty !== undefined) return because(`target group ${nameOf(empty.arn)} has no healthy target`);
  const needed = Math.max(1, Math.ceil(share * all));
  const healthy = countIn(balancer, 'healthy');
  return healthy >= needed
    ? null
    : because(`${healthy} healthy targets behind its load balancer of ${needed} needed`);
}

function isUnwatched({ reading, balancer }: Side): boolean {
  return reading.state === 'unwatched' && balancer === null;
}

async function read({ healthCheck }: WeightedRecord, { route53 }: Clients): Promise<Reading> {
  if (healthCheck !== null) return route53.healthCheck(healthCheck);
  return { state: 'unwatched', says: 'it has no health check, so nobody can say whether it answers' };
}

export function lookBehind(
  records: readonly WeightedRecord[],
  { balancers }: { readonly balancers: Pick<Balancers, 'named'> },
): Promise<Behind> {
  return Promise.all(
    records.map(async ({ alias }) => {
      const region = regionOf(alias?.dnsName);
      return alias === null || region === null ? null : balancers.named(bareName(alias.dnsName), region);
    }),
  );
}

/** Of Application Load Balancers `….eu-west-1.elb.amazonaws.com`, of Network Load Balancers `….elb.eu-west-1.amazonaws.com`. */
export function regionOf(dnsName = ''): string | null {
  const [, ofApplication, ofNetwork] =
    /\.(?:([a-z0-9-]+)\.elb|elb\.([a-z0-9-]+))\.amazonaws\.com(?:\.cn)?\.?$/.exec(dnsName) ?? [];
  return ofApplication ?? ofNetwork ?? null;
}

/** The console puts `dualstack.` before the name, and Route 53 a dot behind it. */
export function bareName(dnsName: string): string {
  return dnsName
    .replace(/^dualstack\./, '')
    .replace(/\.$/, '')
    .toLowerCase();
}

function countIn(balancer: Balancer | null, which: 'healthy' | 'registered'): number {
  return (balancer?.groups ?? []).reduce((sum, group) => sum + group[which], 0);
}

function nameOf(targetGroup: string): string {
  return targetGroup.split('/')[1] ?? targetGroup;
}
