import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { alarmsNamed, MAX_ALARMS_PER_CALL, type AnyAlarm } from '../../src/aws/alarms.ts';
import { inBatches } from '../../src/aws/batches.ts';
import { isSilentWhenHealthy } from '../../src/aws/watched.ts';
import type { Claims } from '../../src/ledger/claims.ts';
import type { InReversion } from '../../src/rollback/document.ts';
import { NOT_FOUND, type ReadSign } from '../../src/rollback/health.ts';
import { readSettings } from '../../src/rollback/settings.ts';
import { refusedAlarms } from './refused-alarms.ts';
import { unreadable } from './unreadable.ts';
import type { SignSource } from './verify.ts';

type Client = Pick<CloudWatchClient, 'send'>;

/**
 * Reads one sign for each watched alarm, of any type, and each alarm that turned during the rollback: it must be OK. The
 * exception are alarms that the judge set aside.
 * Makes one call for a hundred alarms: DescribeAlarms has a quota of nine a second for the whole account, which ECS's own
 * alarm-driven rollback shares.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
export function alarms(client: Client, claims: Pick<Claims, 'record'>): SignSource {
  return async (rollback) => {
    const refused = await refusedAlarms(claims, rollback);
    const names = new Set([...rollback.plan.watch.alarms, ...refused.alarms]);
    const signs = await signsOfAll(client, [...names]);
    return [...withoutSetAside(signs, rollback), ...refused.signs];
  };
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

async function signsOfAll(client: Client, names: readonly string[]): Promise<readonly ReadSign[]> {
  return (
    await Promise.all(inBatches(names, MAX_ALARMS_PER_CALL).map((batch) => signsOf(client, batch)))
  ).flat();
}

async function signsOf(client: Client, names: readonly string[]): Promise<readonly ReadSign[]> {
  try {
    const found = await alarmsNamed(client, names);
    return names.map((name) =>
      signOf(
        name,
        found.find(({ AlarmName }) => AlarmName === name),
      ),
    );
  } catch (error) {
    return names.map((name) => unreadable(subjectOf(name), error));
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

/** Says whether missing data is normal. Only metric alarms can be silent. */
function isSilent(alarm: AnyAlarm): boolean {
  return ('MetricName' in alarm || 'Metrics' in alarm) && isSilentWhenHealthy(alarm);
}
