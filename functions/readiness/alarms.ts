import { paginateDescribeAlarms, type CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ALARM_TYPES, alarmsIn, MAX_ALARMS_PER_CALL, type AnyAlarm } from '../../src/aws/alarms.ts';
import { eachOf } from '../../src/aws/each.ts';
import type { Finding } from '../../src/readiness/finding.ts';
import { ofAlarms, type Alarms, type DescribedAlarm } from '../../src/readiness/shared/of-alarms.ts';
import type { Plan } from '../../src/rollback/plan.ts';
import { readSettings } from '../../src/rollback/settings.ts';
import { fromDescription } from '../../src/targets/alarms/description.ts';
import { othersOf } from '../../src/targets/alarms/balancers.ts';
import { answerWithTags, type ReadAliases, type TagReaders } from '../../src/targets/alarms/read-tags.ts';
import { dimensionOf, isWholeOf, listed } from '../../src/targets/alarms/parts.ts';

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
    const targets = await targetsOf(alarm, readers);
    const wholes = targets.length === 0 ? wholesOf(alarm) : [];
    described.push({
      name: alarm.AlarmName ?? '',
      state: alarm.StateValue ?? '',
      areActionsEnabled: alarm.ActionsEnabled ?? true,
      missingData: 'TreatMissingData' in alarm ? (alarm.TreatMissingData ?? null) : missingOf(alarm),
      targets,
      ...(wholes.length > 0 && { wholes }),
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

function wholesOf(alarm: AnyAlarm): readonly string[] {
  const read = fromDescription(alarm);
  return read === null ? [] : othersOf(read);
}

/** Returns the findings about the alarms of a target. */
export async function alarmFindings(
  target: string,
  plan: Plan,
  { described, areAll }: Alarms,
  partsOf: ReadAliases,
): Promise<readonly Finding[]> {
  const watched =
    'watch' in plan ? [...plan.watch.alarms, ...(plan.undoneBy ?? [])] : readSettings(plan.tags).alarms;
  const own = await withWhole(target, described, partsOf);
  return ofAlarms(target, [...new Set(watched)], { described: own, areAll });
}

/**
 * Adds the target to the alarms on what it is a part of, if that has no other: on-alarm does so when they turn. Of several parts
 * they mean none. Only here the parts are read, because every alarm of the account is looked at.
 */
async function withWhole(
  target: string,
  described: readonly DescribedAlarm[],
  partsOf: ReadAliases,
): Promise<readonly DescribedAlarm[]> {
  const dimension = dimensionOf(target);
  const isIts = (arn: string) => isWholeOf(target, arn);
  const [whole] = described.flatMap(({ wholes = [] }) => wholes.filter(isIts));
  if (dimension === null || whole === undefined) return described;
  const parts = await partsOf(whole);
  if (!parts.includes(target)) return described;
  const said = parts.length === 1 ? { targets: [target] } : { unclear: { among: listed(parts), dimension } };
  return described.map((alarm) => (alarm.wholes?.some(isIts) === true ? { ...alarm, ...said } : alarm));
}
