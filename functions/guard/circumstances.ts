import type { Changes } from '../../src/ledger/changes.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { Judgeable } from '../../src/rollback/document.ts';
import type { Facts, Found, StateChange } from '../../src/rollback/facts.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { alarmAmong } from './alarm-now.ts';
import type { Client } from './cloudwatch.ts';
import { measure } from './measure.ts';
import { optional } from './optional.ts';
import { othersAmong } from './other-alarms.ts';
import { otherDeployments } from './other-deployments.ts';
import { recentChanges } from './recent-changes.ts';
import { readRed, type RedAlarms } from './red-alarms.ts';

/**
 * The circumstances of an alarm or alert, which are the same for all triggers of a target. The judge can do without any
 * of them.
 */
export interface Circumstances extends Pick<Facts, 'measured' | 'otherDeployments' | 'changes'> {
  readonly red: Found<RedAlarms>;
}

export interface Sources {
  readonly cloudwatch: Client;
  readonly ledger: Pick<Ledger, 'entries'>;
  readonly changes: Pick<Changes, 'lately'>;
}

export type ReadCircumstances = (rollback: Judgeable, now: Instant) => Promise<Circumstances>;

/**
 * Reads the circumstances in parallel: at most two GetMetricData and one DescribeAlarms, and from the ledger one query
 * for each dependency and one for changes. A fact that does not come in time is unknown.
 */
export function createCircumstances({ cloudwatch, ledger, changes }: Sources): ReadCircumstances {
  return async (rollback, now) => {
    const [red, measured, deployments, changed] = await Promise.all([
      optional(() => readRed(cloudwatch)),
      measure(cloudwatch, rollback, now),
      otherDeployments(ledger, rollback, now),
      recentChanges(changes, rollback, now),
    ]);
    return {
      red,
      ...(measured !== undefined && { measured }),
      ...(deployments !== undefined && { otherDeployments: deployments }),
      changes: changed,
    };
  };
}

/** Returns the circumstances as facts for one trigger. */
export function factsOf(
  { red, ...others }: Circumstances,
  history: Found<readonly StateChange[]>,
  rollback: Judgeable,
): Pick<Facts, 'alarm' | 'others' | 'measured' | 'otherDeployments' | 'changes'> {
  const { trigger } = rollback.request;
  return {
    ...others,
    ...(trigger?.type === 'alarm' && { alarm: alarmAmong(red, history, trigger, rollback) }),
    others: red.known ? { known: true, is: othersAmong(red.is.metricAlarms, rollback) } : red,
  };
}
