import type { CloudWatchClient, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { alarmGauge } from '../../src/aws/alarm-gauge.ts';
import { isMetricAlarm } from '../../src/aws/alarms.ts';
import type { Span } from '../../src/aws/metric-answer.ts';
import { readMeters } from '../../src/aws/metric-read.ts';
import { watchedIn } from '../../src/aws/watched.ts';
import { inTime } from '../../src/lambda/in-time.ts';
import { seriesOf } from '../../src/rollback/breach.ts';
import type { InReversion } from '../../src/rollback/document.ts';
import type { Gauge } from '../../src/rollback/gauge.ts';
import {
  COMPARABLE_AFTER_SECONDS,
  harmIn,
  PERIODS_BEFORE,
  type Bounds,
} from '../../src/rollback/compared-harm.ts';
import { afterHarm, type Health } from '../../src/rollback/health.ts';
import { countsTargets } from '../../src/rollback/meters.ts';
import { rehearsalOf, type Instant, type Trigger } from '../../src/rollback/request.ts';
import { readSettings } from '../../src/rollback/settings.ts';
import { after, isAfter, secondsBetween } from '../../src/rollback/time.ts';
import type { AlarmsOfPoll } from './alarms.ts';
import { COMPLETE_AFTER_SECONDS } from './minute.ts';

export interface HarmReading {
  readonly cloudwatch: Pick<CloudWatchClient, 'send'>;
  readonly alarms: Promise<AlarmsOfPoll>;
  readonly now: () => Instant;
}

/** Shorter than the timeout of the Lambda. A comparison that cannot be made leaves the proof as it is. */
const MILLISECONDS = 5_000;

/**
 * Compares the harm before the way back with that since, in a poll that is not healthy. Makes one call, and none before
 * enough whole periods are complete: GetMetricData beside that of the errors, whose answer an alarm's own queries could
 * spoil.
 */
export async function withHarm(
  health: Health,
  rollback: InReversion,
  { cloudwatch, alarms, now }: HarmReading,
): Promise<Health> {
  const bounds = boundsOf(rollback, now());
  if (bounds === null || !isComparable(health, bounds) || rehearsalOf(rollback.request) !== null)
    return health;
  const harm = await inTime(MILLISECONDS, async () => {
    const gauge = await readGauge(cloudwatch, await alarms, rollback, bounds);
    return gauge === null ? null : harmIn(gauge, bounds);
  });
  return harm === null ? health : afterHarm(health, harm);
}

/** Returns the bounds of the comparison. Null: the way back has not settled. */
function boundsOf({ settled, ...rollback }: InReversion, now: Instant): Bounds | null {
  // Unknown: late-metrics.
  if (settled?.state !== 'settled') return null;
  const complete = after(now, -COMPLETE_AFTER_SECONDS);
  return { untouched: untouchedUntil(rollback), settled: settled.at, complete };
}

/** Lastgood writes only after its verdict. AWS's own way back may have begun with the trigger. */
function untouchedUntil({ plan, request, verdict }: Accused & Pick<InReversion, 'plan'>): Instant {
  const trigger = accuserOf({ request, verdict });
  const isEarlier = plan.state === 'join' && trigger !== undefined && isAfter(verdict.at, trigger.at);
  return isEarlier ? trigger.at : verdict.at;
}

type Accused = Pick<InReversion, 'request' | 'verdict'>;

function accuserOf({ request, verdict }: Accused): Trigger | undefined {
  return (verdict.decidedBy ?? request).trigger;
}

function isComparable(health: Health, { settled, complete }: Bounds): boolean {
  if (health.state === 'unproven') return true;
  const isHealthy = health.state === 'proven' || health.healthySince !== undefined;
  return !isHealthy && secondsBetween(settled, complete) >= COMPARABLE_AFTER_SECONDS;
}

/** Reads the metric of the alarm that accused, or else the share of failed requests of the target. */
async function readGauge(
  cloudwatch: HarmReading['cloudwatch'],
  { alarms }: AlarmsOfPoll,
  rollback: InReversion,
  bounds: Bounds,
): Promise<Gauge | null> {
  const alarm = accuserAmong(alarms, rollback);
  if (alarm === undefined) return readShare(cloudwatch, rollback, spanOf(bounds, 60));
  const { metric, periodSeconds = 60 } = watchedIn(alarm);
  const gauge = await alarmGauge(cloudwatch, alarm, spanOf(bounds, periodSeconds));
  const isNamed = gauge === null || metric !== undefined;
  return isNamed ? gauge : { ...gauge, measures: `the metric of alarm ${alarm.AlarmName ?? ''}` };
}

/**
 * Returns the alarm that accused, if it has a threshold and counts no targets. A composite alarm and an anomaly band have
 * none. Targets without traffic after the way back, as those of a green group, may stay unhealthy and hurt no user.
 */
function accuserAmong(alarms: AlarmsOfPoll['alarms'], accused: Accused): MetricAlarm | undefined {
  const trigger = accuserOf(accused);
  if (trigger?.type !== 'alarm') return undefined;
  return alarms
    .filter(isMetricAlarm)
    .filter((alarm) => !countsTargets(watchedIn(alarm).metric))
    .find(
      ({ AlarmName, AlarmArn, Threshold }) =>
        AlarmName === trigger.alarm && AlarmArn === (trigger.arn ?? AlarmArn) && Threshold !== undefined,
    );
}

async function readShare(
  cloudwatch: HarmReading['cloudwatch'],
  { plan: { meters = [], tags } }: InReversion,
  span: Span,
): Promise<Gauge | null> {
  const whole = meters.filter(
    ({ metric, revision }) => revision === undefined && (metric === 'requests' || metric === 'errors'),
  );
  if (whole.length === 0) return null;
  const series = seriesOf('errorRate', await readMeters(cloudwatch, whole, span));
  if (series === null) return null;
  const limit = { value: readSettings(tags).tolerated, breaches: 'above' } as const;
  return { measures: 'share of failed requests', metric: 'errorRate', unit: 'percent', series, limit };
}

/** Returns the whole periods from before the way back until now. */
function spanOf({ untouched, complete }: Bounds, periodSeconds: number): Span {
  const period = Math.max(60, periodSeconds) * 1000;
  const start = Math.floor(Date.parse(untouched) / period - PERIODS_BEFORE) * period;
  return {
    start: new Date(start).toISOString(),
    minutes: Math.ceil((Date.parse(complete) - start) / 60_000),
  };
}
