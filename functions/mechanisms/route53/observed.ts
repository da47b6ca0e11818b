import { runsIn, reconciledRun, toRevision } from '../../../src/ledger/divisions.ts';
import type { OptedIn } from '../../../src/aws/opted-in.ts';
import type { Ledger, ObservedRevision } from '../../../src/ledger/ledger.ts';
import type { ObservedDeployment, Deployed } from '../../../src/targets/kind.ts';
import { behindOf } from './behind.ts';
import { bareName, regionOf } from './capacity.ts';
import type { Route53, WeightedRecord } from './route53.ts';
import { division } from './division.ts';
import { isSaidBy, readRun, writeRun, type Run } from './runs.ts';
import { problemOf, weightsOf } from './supported.ts';
import { recordOf, targetOf, type RecordName } from '../../../src/targets/kinds/route53/target.ts';

/** Reads what runs behind the load balancers of a Region, by DNS name. */
export type RunningIn = (region: string) => Promise<ReadonlyMap<string, string>>;

interface Clients {
  readonly route53: Pick<Route53, 'records' | 'weighted'>;
  readonly runningIn: RunningIn;
  readonly entriesOf: Ledger['entries'];
  readonly now: () => string;
}

/** Returns the present weights of every weighted record in opted-in zones, because AWS sends no event about them. */
export async function seen(
  clients: Clients,
  optedIn: readonly OptedIn[],
): Promise<readonly ObservedDeployment[]> {
  const observed: ObservedDeployment[] = [];
  // Sequential, because all callers in the account share five requests a second.
  for (const zone of optedIn.flatMap(zoneIn))
    for (const name of await clients.route53.weighted(zone)) observed.push(...(await seenOf(name, clients)));
  return observed;
}

/** Records have no tags: the tags of their zone opt them in. */
function zoneIn({ arn }: OptedIn): readonly string[] {
  return /^arn:[^:]+:route53:::hostedzone\/(.+)$/.exec(arn)?.slice(1) ?? [];
}

async function seenOf(
  name: RecordName,
  { route53, runningIn, entriesOf, now }: Clients,
): Promise<readonly ObservedDeployment[]> {
  const target = targetOf(name.zone, name.name, name.type);
  const [records, entries] = await Promise.all([route53.records(name), entriesOf(target)]);
  if (records === null || problemOf(records) !== null) return [];
  const run = reconciledRun(division, runsIn(division, entries), {
    ...(await presentOf(records, runningIn)),
    since: now(),
  });
  return [{ target, deployment: writeRun(run), state: 'completed', at: run.since, reason: '' }];
}

/** Reads the present run. Load balancers are listed only if a record is an alias of one. */
async function presentOf(
  records: readonly WeightedRecord[],
  runningIn: RunningIn,
): Promise<Omit<Run, 'since'>> {
  const regions = [...new Set(records.flatMap(({ alias }) => regionOf(alias?.dnsName) ?? []))];
  const running = new Map((await Promise.all(regions.map(runningIn))).flatMap((one) => [...one]));
  const behind = behindOf(records, (dnsName) => running.get(bareName(dnsName)) ?? null);
  return { weights: weightsOf(records), behind };
}

/** Returns whether the observed weights are still set, with the same behind them. */
export async function deployed(
  {
    route53,
    runningIn,
  }: { readonly route53: Pick<Route53, 'records' | 'tags'>; readonly runningIn: RunningIn },
  { target, deployment }: ObservedRevision,
): Promise<Deployed | null> {
  const name = recordOf(target);
  const run = readRun(deployment);
  const [records, tags] = await Promise.all([route53.records(name), route53.tags(name.zone)]);
  if (run === null || records === null || tags === null || problemOf(records) !== null) return null;
  const runs = isSaidBy(await presentOf(records, runningIn), run) ? 'alone' : 'gone';
  return { revision: toRevision(division, run), runs, tags, alarms: [] };
}
