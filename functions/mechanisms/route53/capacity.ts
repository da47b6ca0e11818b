import type { Watch } from '../../../src/rollback/plan.ts';
import type { Balancer, Balancers, Reading, Route53, WeightedRecord } from './route53.ts';
import { sharesOf, weightIn, type Weights } from './weights.ts';

/** Whether the records that would get more traffic can take it. */
export interface Capacity {
  /** Why not; empty: nothing speaks against it. */
  readonly blockers: readonly string[];
  /** What could not be checked. */
  readonly doubts: readonly string[];
  /** The records of `doubts` that have no traffic now: no user and no health check shows that they can take any. */
  readonly unseen: readonly string[];
  /** How many targets carry all of the traffic now, behind load balancers. */
  readonly needed: number;
  /** The target groups that would carry the traffic. */
  readonly targetGroups: Watch['targetGroups'];
}

/** Reads the health check of a record. */
export type ReadHealthCheck = Route53['healthCheck'];

/** The load balancer of each record, in their order; null: the record is not an alias of one, or it was not found. */
export type Behind = readonly (Balancer | null)[];

/** The facts about one record that would get more traffic. */
interface Side {
  readonly record: WeightedRecord;
  /** The share that it would get, 0 to 1. */
  readonly share: number;
  readonly reading: Reading;
  readonly balancer: Balancer | null;
}

/**
 * Checks capacity before weight: the health checks of the records, and the targets behind load balancers.
 * @param healthCheck null: none is read
 * @param known how many targets carry all of the traffic, by an earlier look at records that are not in `balancers`
 */
export async function capacityOf(
  records: readonly WeightedRecord[],
  present: Weights,
  wanted: Weights,
  balancers: Behind,
  healthCheck: ReadHealthCheck | null,
  known = 0,
): Promise<Capacity> {
  const [before, after] = [sharesOf(present), sharesOf(wanted)];
  const needed = Math.max(known, neededFor(records, before, balancers));
  const growing = records.filter(({ identifier: id }) => weightIn(after, id) > weightIn(before, id));
  const sides = await Promise.all(
    growing.map(async (record): Promise<Side> => {
      const balancer = balancers[records.indexOf(record)] ?? null;
      return {
        record,
        balancer,
        share: weightIn(after, record.identifier),
        reading: await read(record, healthCheck),
      };
    }),
  );
  const unwatched = sides.filter(isUnwatched);
  return {
    needed,
    blockers: sides.flatMap((side) => blockerOf(side, needed) ?? []),
    doubts: unwatched.map(({ record: { identifier }, reading }) => `${identifier}: ${reading.says}`),
    unseen: unwatched.map(({ record }) => record.identifier).filter((id) => weightIn(before, id) === 0),
    targetGroups: sides.flatMap(({ balancer }) =>
      (balancer?.groups ?? []).map(({ arn, healthy }) => ({ arn, wanted: healthy })),
    ),
  };
}

/**
 * Returns how many targets carry all of the traffic: the number registered behind the largest record that serves now.
 * Healthy ones alone would be too few, because the present revision may be failing.
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
  if (balancer === null) return because(`its load balancer ${alias?.dnsName ?? ''} was not found`);
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

async function read(record: WeightedRecord, healthCheck: ReadHealthCheck | null): Promise<Reading> {
  if (record.healthCheck !== null && healthCheck !== null) return healthCheck(record.healthCheck);
  if (record.healthCheck !== null) return { state: 'unread', says: '' };
  return { state: 'unwatched', says: 'it has no health check, so its health is unknown' };
}

/**
 * Reads the load balancers of records.
 * @param arns of those that are known, by DNS name
 */
export async function lookBehind(
  records: readonly WeightedRecord[],
  { balancers }: { readonly balancers: Pick<Balancers, 'named'> },
  arns: Arns = {},
): Promise<Behind> {
  const names = records.map(({ alias }) => {
    const region = regionOf(alias?.dnsName);
    if (alias === null || region === null) return null;
    const dnsName = bareName(alias.dnsName);
    return { dnsName, region, arn: arns[dnsName] ?? null };
  });
  const wanted = names.filter((name) => name !== null);
  const found = wanted.length === 0 ? [] : await balancers.named(wanted);
  return names.map((name) => (name === null ? null : (found[wanted.indexOf(name)] ?? null)));
}

/** The ARNs of load balancers, by DNS name. */
export type Arns = Readonly<Record<string, string>>;

/** Returns the ARNs of the load balancers that were found. */
export function arnsIn(records: readonly WeightedRecord[], balancers: Behind): Arns {
  const known = records.flatMap(({ alias }, at) => {
    const balancer = balancers[at] ?? null;
    return alias === null || balancer === null ? [] : [[bareName(alias.dnsName), balancer.arn] as const];
  });
  return Object.fromEntries(known);
}

/**
 * Parses `….eu-west-1.elb.amazonaws.com` (Application Load Balancers) and `….elb.eu-west-1.amazonaws.com` (Network
 * ones).
 */
export function regionOf(dnsName = ''): string | null {
  const [, ofApplication, ofNetwork] =
    /\.(?:([a-z0-9-]+)\.elb|elb\.([a-z0-9-]+))\.amazonaws\.com(?:\.cn)?\.?$/.exec(dnsName) ?? [];
  return ofApplication ?? ofNetwork ?? null;
}

/** Removes the `dualstack.` that the console adds in front, and the dot that Route 53 adds at the end. */
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
