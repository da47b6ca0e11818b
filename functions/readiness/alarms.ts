import { paginateDescribeAlarms, type CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ALARM_TYPES, alarmsIn, MAX_ALARMS_PER_CALL, type AnyAlarm } from '../../src/aws/alarms.ts';
import { eachOf } from '../../src/aws/each.ts';
import type { Finding } from '../../src/readiness/finding.ts';
import { ofAlarms, type Alarms, type DescribedAlarm } from '../../src/readiness/shared/of-alarms.ts';
import type { Plan } from '../../src/rollback/plan.ts';
import { readSettings } from '../../src/rollback/settings.ts';
import { fromDescription } from '../../src/targets/alarms/description.ts';
import { answerWithTags, type TagReaders } from '../../src/targets/alarms/read-tags.ts';

/** Alarms beyond these pages of a hundred are not looked at. Until AWS raises it, the quota of an account is 5,000. */
const MAX_PAGES = 50;

/** Reads every alarm of the account, and the targets that each names. */
export async function readAlarms(client: CloudWatchClient, readers: TagReaders): Promise<Alarms> {
  const found: AnyAlarm[] = [];
  const input = { AlarmTypes: ALARM_TYPES, MaxRecords: MAX_ALARMS_PER_CALL };
  let [pages, areAll] = [0, true];
  for await (const page of paginateDescribeAlarms({ client }, input)) {
    found.push(...alarmsIn(page));
    pages += 1;
    areAll = page.NextToken === undefined;
    if (pages === MAX_PAGES) break;
  }
  const described: DescribedAlarm[] = [];
  await eachOf(found, async (alarm) => {
    described.push({
      name: alarm.AlarmName ?? '',
      state: alarm.StateValue ?? '',
      areActionsEnabled: alarm.ActionsEnabled ?? true,
      missingData: 'TreatMissingData' in alarm ? (alarm.TreatMissingData ?? null) : missingOf(alarm),
      targets: await targetsOf(alarm, readers),
    });
  });
  return { described, areAll };
}

/** A composite alarm has no data of its own. */
function missingOf(alarm: AnyAlarm): string | null {
  return 'AlarmRule' in alarm ? 'ignore' : null;
}

async function targetsOf(alarm: AnyAlarm, readers: TagReaders): Promise<readonly string[]> {
  const read = fromDescription(alarm);
  if (read === null) return [];
  const answer = await answerWithTags(read, readers);
  return answer.kind === 'rejected' ? [] : answer.targets;
}

/** Returns the findings about the alarms of a target. */
export function alarmFindings(target: string, plan: Plan, all: Alarms): readonly Finding[] {
  const watched =
    'watch' in plan ? [...plan.watch.alarms, ...(plan.undoneBy ?? [])] : readSettings(plan.tags).alarms;
  return ofAlarms(target, [...new Set(watched)], all);
}
