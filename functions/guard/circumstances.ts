import type { Changes } from '../../src/ledger/changes.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { Judgeable } from '../../src/rollback/document.ts';
import { Throttled } from '../../src/rollback/errors.ts';
import type { Facts, Found, StateChange } from '../../src/rollback/facts.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { memberOf } from '../../src/rollback/storm/arrivals.ts';
import { alarmAmong } from './alarm-now.ts';
import type { Client } from './cloudwatch.ts';
import { measure, metersOf } from './measure.ts';
import { once, onceForMeters } from './once.ts';
import { optional, WITHIN_MS } from './optional.ts';
import { othersAmong } from './other-alarms.ts';
import { otherDeployments } from './other-deployments.ts';
import { recentChanges } from './recent-changes.ts';
import type { ReadRed, RedAlarms } from './red-alarms.ts';

/**
 * The circumstances of an alarm or alert, which are the same for all triggers of a target. The judge can do without any
 * of them.
 */
export interface Circumstances extends Pick<Facts, 'measured' | 'otherDeployments' | 'changes'> {
  readonly red: Found<RedAlarms>;
  /** How many targets have alarmed lately, as Claim counted them; Infinity in a storm. */
  readonly arrived: number;
}

export interface Sources {
  readonly readRed: ReadRed;
  readonly cloudwatch: Client;
  readonly ledger: Pick<Ledger, 'entries'>;
  readonly changes: Pick<Changes, 'lately'>;
  readonly arrived: (now: Instant) => Promise<number>;
}

/** Reads the circumstances for one trigger of a judgement. */
export type ReadCircumstances = (rollback: Judgeable) => Promise<Circumstances>;

/** Begins a judgement. Its triggers share what is read. */
export type OpenCircumstances = (now: Instant) => ReadCircumstances;

/**
 * Reads the circumstances in parallel, once a judgement: one DescribeAlarms, at most two GetMetricData, and from the
 * ledger one query for each dependency and one for changes. Only a trigger whose alarm watches further metrics costs
 * two GetMetricData more. A fact that does not come in time is unknown.
 */
export function createCircumstances(sources: Sources): OpenCircumstances {
  const { readRed, cloudwatch, ledger, changes } = sources;
  return (now) => {
    const arrived = once((rollback) => arrivedFor(rollback, sources, now));
    const red = once((rollback) => foundRed(readRed, memberOf(rollback.claim)));
    const deployments = once((rollback) => otherDeployments(ledger, rollback, now));
    const changed = once((rollback) => recentChanges(changes, rollback, now));
    const measured = onceForMeters((meters) => measure(cloudwatch, meters, now));
    return async (rollback) => {
      const found = await Promise.all([
        red(rollback),
        measured(metersOf(rollback)),
        deployments(rollback),
        changed(rollback),
        arrived(rollback),
      ]);
      return circumstancesOf(...found);
    };
  };
}

/** The member that reads for all needs a call for each hundred red alarms. */
const IN_STORM_MS = 15_000;

/**
 * Reads the red alarms. While another member reads them for all, this judgement is made again some seconds later: the
 * state machine waits, and not the function.
 * @throws Throttled
 */
async function foundRed(readRed: ReadRed, storm: string | null): Promise<Found<RedAlarms>> {
  const found = await optional(() => readRed(storm), storm === null ? WITHIN_MS : IN_STORM_MS);
  if (!found.known) return found;
  if (found.is === null) throw new Throttled('another member of the storm reads the red alarms');
  return { known: true, is: found.is };
}

/** Where Claim counted no alarm, or the count cannot be read, there are none. */
async function arrivedFor(
  { claim }: Judgeable,
  { arrived }: Pick<Sources, 'arrived'>,
  now: Instant,
): Promise<number> {
  if (claim?.storm === undefined) return 0;
  const found = await optional(() => arrived(now), WITHIN_MS);
  return found.known ? found.is : 0;
}

function circumstancesOf(
  red: Circumstances['red'],
  measured: Facts['measured'],
  otherDeployments: Facts['otherDeployments'],
  changes: Facts['changes'],
  arrived: number,
): Circumstances {
  return {
    red,
    arrived,
    ...(measured !== undefined && { measured }),
    ...(otherDeployments !== undefined && { otherDeployments }),
    ...(changes !== undefined && { changes }),
  };
}

/** Returns the circumstances as facts for one trigger. */
export function factsOf(
  { red, arrived, ...others }: Circumstances,
  history: Found<readonly StateChange[]>,
  rollback: Judgeable,
): Pick<Facts, 'alarm' | 'others' | 'measured' | 'otherDeployments' | 'changes' | 'undoingRed'> {
  const { trigger } = rollback.request;
  return {
    ...undoingIn(red, rollback),
    ...others,
    ...(trigger?.type === 'alarm' && { alarm: alarmAmong(red, history, trigger, rollback) }),
    others: red.known ? { known: true, is: othersAmong(red.is.metricAlarms, rollback, arrived) } : red,
  };
}

/** Returns the red ones of the alarms with which AWS would watch the way back. */
function undoingIn(red: Found<RedAlarms>, { plan }: Judgeable): Pick<Facts, 'undoingRed'> {
  if (!red.known || !('undoneBy' in plan)) return {};
  const names = red.is.all.map(({ AlarmName }) => AlarmName);
  return { undoingRed: plan.undoneBy.filter((name) => names.includes(name)) };
}
