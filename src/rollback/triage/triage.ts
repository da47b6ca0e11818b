import type { Triage } from '../evidence.ts';
import { byLines, matching, triage, type Finder } from './finder.ts';
import { instanceBoots, instanceChecks, instanceLaunches } from './instances.ts';
import { invocations } from './invocations.ts';
import { targetChecks } from './targets.ts';
import { taskChecks, taskCrashes, taskStarts } from './tasks.ts';
import type { Traces } from './traces.ts';
import { NO_MEMORY, UNREACHED } from './words.ts';

/** In the order in which they count. A target has the traces of its own kind only. */
const FINDERS: readonly Finder[] = [
  ...taskStarts,
  ...instanceLaunches,
  ...taskCrashes,
  ...instanceBoots,
  ...invocations,
  byCount,
  byLines('out-of-memory', matching('logs', NO_MEMORY), 'A process ran out of memory.'),
  byLines('dependency', matching('logs', UNREACHED), 'The application could not reach a dependency.'),
  ...taskChecks,
  ...instanceChecks,
  ...targetChecks,
];

/**
 * Returns the likely cause of the harm, the first that the traces name. A cause that names a part of the release comes
 * before one that only names its effect: a container out of memory also fails its health checks.
 */
export function triageOf(traces: Traces): Triage {
  for (const find of FINDERS) {
    const found = find(traces);
    if (found !== null) return found;
  }
  return { cause: 'unknown', says: 'Nothing that was found names a cause.', because: [] };
}

/** A lower count is a cause only if it was at least halved. Any lower count is a companion. */
function byCount({ count }: Traces): Triage | null {
  if (count === null || count.now * 2 > count.before) return null;
  const sentence = `The release lowered the desired count from ${count.before} to ${count.now}.`;
  return triage('count-changed', sentence, [`desired count: ${count.before} → ${count.now}`]);
}
