import type { Tags, Watch } from './plan.ts';
import type { Request } from './request.ts';
import { readSettings } from './settings.ts';

/**
 * Returns the sources of health after a way back: these target groups, the probes of the tags, and the alarms of the
 * deployment, of the tags and of the trigger, each once.
 * @param own alarms that watch the deployments of the target
 */
export function watchFor(
  tags: Tags,
  { trigger }: Request,
  targetGroups: Watch['targetGroups'],
  own: readonly string[] = [],
): Watch {
  const { alarms, probes } = readSettings(tags);
  const triggering = trigger?.type === 'alarm' ? [trigger.alarm] : [];
  return { targetGroups, alarms: [...new Set([...own, ...alarms, ...triggering])], probes };
}
