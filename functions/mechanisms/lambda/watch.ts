import type { Tags, Watch } from '../../../src/rollback/plan.ts';
import type { Request } from '../../../src/rollback/request.ts';
import { readSettings } from '../../../src/rollback/settings.ts';

/** What Verify looks at: only alarms and probes say whether a function works. */
export function watchOf(tags: Tags, { trigger }: Request): Watch {
  const { alarms, probes } = readSettings(tags);
  const triggering = trigger?.type === 'alarm' ? [trigger.alarm] : [];
  return { targetGroups: [], alarms: [...new Set([...alarms, ...triggering])], probes };
}
