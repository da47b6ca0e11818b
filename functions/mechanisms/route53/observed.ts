import { reconciledRun, runsIn, sightBeforeRun, toRevision } from '../../../src/ledger/divisions.ts';
import type { ObservedRevision } from '../../../src/ledger/ledger.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import type { Deployed, ObservedDeployment, Seen, Sight, Unit } from '../../../src/targets/kind.ts';
import { targetOf } from '../../../src/targets/kinds/route53/target.ts';
import { behindOf } from './behind.ts';
import { bareName, regionOf } from './capacity.ts';
import { division } from './division.ts';
import type { RecordSet } from './list-records.ts';
import type { WeightedRecord } from './route53.ts';
import { isSaidBy, readRun, writeRun, type Run } from './runs.ts';
import { problemOf, weightsOf } from './supported.ts';

/** Reads what runs behind the load balancers of a Region, by DNS name. */
export type RunningIn = (region: string) => Promise<ReadonlyMap<string, string>>;

/** Weighted records that a page shows. */
export interface Shown {
  readonly target: string;
  readonly records: readonly WeightedRecord[];
}

/** Returns the weighted records on a page of a zone, each name and type once. */
export function shownIn(zone: string, sets: readonly RecordSet[]): readonly Shown[] {
  const shown = sets.map(
    ({ position: { name, type }, records }) => [targetOf(zone, name, type), records] as const,
  );
  return [...new Map(shown)].flatMap(([target, records]) =>
    problemOf(records) === null ? { target, records } : [],
  );
}

/** Returns what a page shows of weighted records. What runs in a Region that cannot be read is unknown. */
export async function seenOf(unit: Unit, { target, records }: Shown, runningIn: RunningIn): Promise<Seen> {
  const failures: string[] = [];
  const present = await presentOf(records, async (region) => {
    try {
      return await runningIn(region);
    } catch (error) {
      failures.push(`${region}: ${String(error)}`);
      return new Map();
    }
  });
  const [lacks] = failures;
  return {
    ...{ unit, target, content: writeRun({ ...present, since: '' }) },
    ...(lacks !== undefined && { lacks }),
    observed: (sight) => observedAt(target, present, sight),
  };
}

/** Returns the present weights, if the ledger does not know them. They were set between this sight and the one before. */
async function observedAt(
  target: string,
  present: Omit<Run, 'since' | 'notBefore'>,
  sight: Sight,
): Promise<readonly ObservedDeployment[]> {
  const { at, before } = sight;
  const now = { ...present, since: at };
  const runs = runsIn(division, await sight.entries());
  if (reconciledRun(division, runs, now) !== now) return [];
  const since = sightBeforeRun(division, runs, now, before);
  return [{ target, deployment: writeRun(now), state: 'completed', at, ...since, reason: '' }];
}

/** Reads the present run. Load balancers are listed only if a record is an alias of one. */
async function presentOf(
  records: readonly WeightedRecord[],
  runningIn: RunningIn,
): Promise<Omit<Run, 'since' | 'notBefore'>> {
  const regions = [...new Set(records.flatMap(({ alias }) => regionOf(alias?.dnsName) ?? []))];
  const running = new Map((await Promise.all(regions.map(runningIn))).flatMap((one) => [...one]));
  const behind = behindOf(records, (dnsName) => running.get(bareName(dnsName)) ?? null);
  return { weights: weightsOf(records), behind };
}

/**
 * Returns whether the observed weights are still set, with the same behind them. Records of a zone without consent prove
 * nothing.
 */
export async function deployedAs(
  { deployment }: ObservedRevision,
  records: readonly WeightedRecord[] | null,
  tags: Tags | undefined,
  runningIn: RunningIn,
): Promise<Deployed | null> {
  const run = readRun(deployment);
  if (run === null || records === null || problemOf(records) !== null) return null;
  const isStill = isSaidBy(await presentOf(records, runningIn), run);
  const runs = tags === undefined ? 'unclear' : 'alone';
  return { revision: toRevision(division, run), runs: isStill ? runs : 'gone', tags: tags ?? {}, alarms: [] };
}
