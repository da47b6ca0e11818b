import type { Kept, Lookouts } from '../../src/ledger/lookouts.ts';
import type { BothSides, Followed, Look } from '../../src/lookout/document.ts';
import { areMinutesDue, areTargetsDue } from '../../src/lookout/pace.ts';
import { isNewerUp } from '../../src/lookout/count.ts';
import { newestMinute } from '../../src/lookout/signs/minutes.ts';
import type { Instant } from '../../src/rollback/request.ts';
import type { ReadMinutes } from './minutes.ts';
import type { SendProbes } from './probes.ts';
import { stopsFor } from './stops.ts';
import type { ReadTargets } from './targets.ts';

export interface Looking {
  readonly lookouts: Pick<Lookouts, 'keep'>;
  readonly sendProbes: SendProbes;
  readonly readTargets: ReadTargets;
  readonly readMinutes: ReadMinutes;
}

/**
 * Looks once. Probes and stops are read at each look, targets and metrics when they are due. What cannot be read is said
 * and is not held against the deployment.
 */
export function look({ lookouts, sendProbes, readTargets, readMinutes }: Looking, now: () => Instant) {
  return async (followed: Followed & { readonly execution: string }): Promise<Look> => {
    const at = now();
    const { sides, look: before } = followed;
    if (sides?.state !== 'sides') return { at, probes: [], stops: [], missing: ['The sides are not known.'] };
    const missing: string[] = [];
    const unlessFailed = async <T>(what: string, read: () => Promise<T>): Promise<T | null> => {
      try {
        return await read();
      } catch (error) {
        missing.push(`${what} could not be read: ${error instanceof Error ? error.name : 'unknown'}.`);
        return null;
      }
    };
    const isUp = isNewerUp(sides, followed.weighed?.counters);
    const targetsDue = areTargetsDue(before ?? {}, isUp, sides.startedAt, at);
    const minutesDue = areMinutesDue(before ?? {}, newestMinute(before), sides.startedAt, at);
    const [kept, probes, targets, minutes] = await Promise.all([
      lookouts.keep({ ...followed, startedAt: sides.startedAt, planned: sides.deployment }, at),
      sendProbes(sides, followed.weighed?.counters.before.seconds ?? null),
      targetsDue ? unlessFailed('The targets', () => readTargets(sides)) : null,
      minutesDue ? unlessFailed('The metrics', () => readMinutes(sides, at)) : null,
    ]);
    return {
      at,
      probes,
      ...stopsAndLease(kept, sides),
      ...(targets === null ? keptOf(before, 'targets') : { targets, targetsAt: at }),
      ...(minutes === null ? keptOf(before, 'minutes') : { minutes, minutesAt: at }),
      missing,
    };
  };
}

function stopsAndLease(
  { stops, supersededBy }: Kept,
  sides: BothSides,
): Pick<Look, 'stops' | 'supersededBy'> {
  return { stops: stopsFor(sides, stops), ...(supersededBy !== undefined && { supersededBy }) };
}

/** Returns what the look before saw, with its instant. */
function keptOf(before: Look | undefined, what: 'targets' | 'minutes'): Partial<Look> {
  if (before === undefined) return {};
  const { targets, targetsAt, minutes, minutesAt } = before;
  if (what === 'targets')
    return { ...(targets !== undefined && { targets }), ...(targetsAt !== undefined && { targetsAt }) };
  return { ...(minutes !== undefined && { minutes }), ...(minutesAt !== undefined && { minutesAt }) };
}
