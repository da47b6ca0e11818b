import type { Tags } from './plan.ts';

/** The word for the consoles of instances. A log group of that name cannot be named. */
export const CONSOLE = 'console';

const MAX_GROUPS = 3;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
const GROUP = /^[\w./#-]{1,512}$/;

/**
 * Reads `lastgood:logs`, the logs of instances that may become evidence, separated by spaces: names of log groups, and
 * `console`. A word that can be neither is left out: a tag about evidence must not end a rollback.
 */
export function logsIn(tags: Tags): readonly string[] {
  const words = (tags['lastgood:logs'] ?? '').split(/\s+/).filter((word) => GROUP.test(word));
  return [...new Set(words)].slice(0, MAX_GROUPS + 1);
}
