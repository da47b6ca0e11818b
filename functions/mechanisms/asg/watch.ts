import type { Watch } from '../../../src/rollback/plan.ts';
import type { Request } from '../../../src/rollback/request.ts';
import { readSettings } from '../../../src/rollback/settings.ts';
import type { Group, Refresh } from './autoscaling.ts';

/** What Verify looks at after the group went back. Desired counts never go down: the most that anybody has asked for. */
export function watchOf(group: Group, newest: Refresh | null, { trigger }: Request): Watch {
  const { alarms, probes } = readSettings(group.tags);
  const triggering = trigger?.type === 'alarm' ? [trigger.alarm] : [];
  return {
    targetGroups: group.targetGroups.map((arn) => ({ arn, wanted: group.desired })),
    alarms: [...new Set([...(newest?.alarms ?? []), ...alarms, ...triggering])],
    probes,
  };
}
