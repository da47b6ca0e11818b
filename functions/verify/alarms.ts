import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { alarmRange } from '../../src/aws/alarm-range.ts';
import { alarmsNamed, isMetricAlarm, MAX_ALARMS_PER_CALL, type AnyAlarm } from '../../src/aws/alarms.ts';
import { inBatches } from '../../src/aws/batches.ts';
import { isSilentWhenHealthy } from '../../src/aws/watched.ts';
import type { Claims } from '../../src/ledger/claims.ts';
import type { InReversion } from '../../src/rollback/document.ts';
import { NOT_FOUND, type ReadSign } from '../../src/rollback/health.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { readSettings } from '../../src/rollback/settings.ts';
import { earlierAlarms, earlierSign, type ReadAlarm } from './earlier-alarms.ts';
import { after } from '../../src/rollback/time.ts';
import { refusedAlarms } from './refused-alarms.ts';
import { settledSince } from './settled-since.ts';
import { unreadable } from './unreadable.ts';
import type { SignSource } from './verify.ts';

type Client = Pick<CloudWatchClient, 'send'>;

interface Reading {
  readonly cloudwatch: Client;
  readonly claims: Pick<Claims, 'record' | 'records'>;
  readonly now: () => Instant;
}

/** The alarms as one poll read them. */
export interface AlarmsOfPoll {
  readonly signs: readonly ReadSign[];
  /** Each that exists and could be read. */
  readonly alarms: readonly AnyAlarm[];
}

/**
 * Reads one sign for each watched alarm, of any type, and each alarm that accused the target: it must be OK. The
 * exceptions are alarms that the judge set aside, and those that were red before the deployment.
 * Makes one call for a hundred alarms: DescribeAlarms has a quota of nine a second for the whole account, which ECS's own
 * alarm-driven rollback shares.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
export async function readAlarms(
  { cloudwatch, claims, now }: Reading,
  rollback: InReversion,
): Promise<AlarmsOfPoll> {
  const [refused, earlier] = await Promise.all([
    refusedAlarms(claims, rollback),
    earlierAlarms(claims, rollback, now()),
  ]);
  const names = [...new Set([...rollback.plan.watch.alarms, ...refused.alarms])];
  const others = [...new Set(earlier.alarms)].filter((name) => !names.includes(name));
  const read = await readAll(cloudwatch, [...names, ...others], settledSince(rollback, now()));
  const signs = read.slice(0, names.length).map(({ sign }) => sign);
  const before = read.slice(names.length).flatMap((one) => earlierSign(one, rollback));
  return {
    signs: [...withoutSetAside([...signs, ...before], rollback), ...refused.signs, ...earlier.signs],
    alarms: read.flatMap(({ alarm }) => alarm ?? []),
  };
}

export function alarms(read: Promise<AlarmsOfPoll>): SignSource {
  return async () => (await read).signs;
}

/**
 * Makes a red alarm neutral where the judge set it aside: it was red before the deployment, and may stay so after the way
 * back. An alarm that the owner names as a sign of health counts all the same. Unknown stays unknown.
 */
function withoutSetAside(signs: readonly ReadSign[], { verdict, plan }: InReversion): readonly ReadSign[] {
  const named = readSettings(plan.tags).alarms;
  const aside = new Set((verdict.setAside ?? []).filter((name) => !named.includes(name)).map(subjectOf));
  return signs.map((sign) =>
    sign.state === 'unhealthy' && aside.has(sign.of)
      ? { ...sign, state: 'neutral', says: `${sign.says}, and was so already when the deployment began` }
      : sign,
  );
}

function subjectOf(name: string): string {
  return `alarm ${name}`;
}

async function readAll(
  client: Client,
  names: readonly string[],
  settled: Instant,
): Promise<readonly ReadAlarm[]> {
  return (
    await Promise.all(inBatches(names, MAX_ALARMS_PER_CALL).map((batch) => readSome(client, batch, settled)))
  ).flat();
}

async function readSome(
  client: Client,
  names: readonly string[],
  settled: Instant,
): Promise<readonly ReadAlarm[]> {
  try {
    const found = await alarmsNamed(client, names);
    return names.map((name) => {
      const alarm = found.find(({ AlarmName }) => AlarmName === name);
      return { sign: withRange(signOf(name, alarm), alarm, settled), alarm: alarm ?? null };
    });
  } catch (error) {
    return names.map((name) => ({ sign: unreadable(subjectOf(name), error) }));
  }
}

function signOf(name: string, alarm: AnyAlarm | undefined): ReadSign {
  const of = subjectOf(name);
  switch (alarm?.StateValue) {
    case 'OK':
      return { of, state: 'healthy', says: 'is OK' };
    case 'ALARM':
      return { of, state: 'unhealthy', says: 'is in ALARM' };
    case 'INSUFFICIENT_DATA':
      return {
        of,
        state: 'unknown',
        says: 'has no data to judge by (INSUFFICIENT_DATA)',
        ...(isSilent(alarm) && { shows: 'silence' }),
      };
    case undefined:
      return { of, state: 'unknown', says: NOT_FOUND };
  }
}

/** Verify waits no longer than this for what an alarm counted before the way back settled. */
const MAX_WAIT_SECONDS = 7200;

/**
 * Adds to a red alarm until when it may count datapoints from before the way back settled: the period in which it
 * settled counts too. An alarm with a longer range than Verify waits is judged as it is.
 */
function withRange(sign: ReadSign, alarm: AnyAlarm | undefined, settled: Instant): ReadSign {
  const range = sign.state === 'unhealthy' && alarm !== undefined ? alarmRange(alarm) : null;
  if (range === null || range.seconds > MAX_WAIT_SECONDS) return sign;
  const seconds = Math.min(range.seconds + range.periodSeconds, MAX_WAIT_SECONDS);
  return { ...sign, countsUntil: after(settled, seconds) };
}

/** Says whether missing data is normal. Only metric alarms can be silent. */
function isSilent(alarm: AnyAlarm): boolean {
  return isMetricAlarm(alarm) && isSilentWhenHealthy(alarm);
}
