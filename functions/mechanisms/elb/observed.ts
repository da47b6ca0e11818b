import { reconciledRun, runsIn, sightBeforeRun, toRevision } from '../../../src/ledger/divisions.ts';
import { behindEach, type Launched } from '../../../src/aws/launched.ts';
import type { ObservedRevision } from '../../../src/ledger/ledger.ts';
import { isWhole } from '../../../src/ledger/splits.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import type { Deployed, ObservedDeployment, Seen, Sight, Unit } from '../../../src/targets/kind.ts';
import { divisionOf } from './division.ts';
import type { Forwarder } from './elb.ts';
import { isSaidBy, readRun, writeRun } from './runs.ts';
import { nameSplit, sharesOf, splitOf, withBehind, writeContent, type Split } from './split.ts';

/** What Auto Scaling groups launched, and why it could not be read. */
export interface Behind {
  readonly launched: readonly Launched[];
  readonly lacks?: string;
}

/** Returns what a page shows of a listener or rule. None: it does not forward, or only its listener can be changed. */
export function seenOf(unit: Unit, forwarder: Forwarder, { launched, ...lacks }: Behind): readonly Seen[] {
  const split = splitAt(forwarder, launched);
  if (split === null) return [];
  const { name: arn } = unit;
  const observed = (sight: Sight) => observedAt(arn, split, sight);
  return [{ unit, target: `elb:${arn}`, content: writeContent(split), ...lacks, observed }];
}

/** Returns the present division, if the ledger does not know it. It began between this sight and the one before. */
async function observedAt(arn: string, split: Split, sight: Sight): Promise<readonly ObservedDeployment[]> {
  const { at, before } = sight;
  const division = divisionOf(arn);
  const now = { split, since: at };
  const runs = runsIn(division, await sight.entries());
  if (reconciledRun(division, runs, now) !== now) return [];
  const reason = `the traffic goes to ${nameSplit(split)}`;
  const since = sightBeforeRun(division, runs, now, before);
  return [{ target: `elb:${arn}`, deployment: writeRun(now), state: 'completed', at, ...since, reason }];
}

/**
 * Returns whether a division still stands. A step of a rollout always shares the traffic, and so is never proven.
 * Neither is a listener or rule without consent.
 */
export function deployedAs(
  { deployment }: ObservedRevision,
  arn: string,
  forwarder: Forwarder | null,
  launched: readonly Launched[],
  tags: Tags | undefined,
): Deployed | null {
  const run = readRun(deployment, arn);
  const present = forwarder === null ? null : splitAt(forwarder, launched);
  if (run === null || present === null) return null;
  const runs = standing(run.split, present);
  return {
    revision: toRevision(divisionOf(arn), run),
    runs: tags === undefined && runs === 'alone' ? 'unclear' : runs,
    tags: tags ?? {},
    alarms: [],
  };
}

/** Compares splits. Equal weights with other targets behind them are another run, which has its own soak. */
function standing(split: Split, present: Split): Deployed['runs'] {
  if (!isSaidBy(present, split)) return 'gone';
  return isWhole(present) ? 'alone' : 'unclear';
}

/** Reads the division; null: the forwarder is a default rule, or does not forward. */
function splitAt({ isDefaultRule, actions }: Forwarder, launched: readonly Launched[]): Split | null {
  const shares = isDefaultRule ? null : sharesOf(actions);
  if (shares === null) return null;
  const split = splitOf(shares);
  const groups = split.map(({ targetGroup }) => targetGroup);
  return withBehind(split, behindEach(groups, launched));
}
