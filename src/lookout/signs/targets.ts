import { inMinutes, secondsBetween } from '../../rollback/time.ts';
import type { Sign } from './finding.ts';
import { lostAmong, newerAmong } from '../count.ts';

/** A target that starts fails its first checks, and a load balancer deregisters one within seconds. */
const MIN_AGE_SECONDS = 60;

/** Once some were healthy, most must stay unhealthy for so long, at each reading. */
const UNHEALTHY_SECONDS = 60;

/** A new side of which nothing was ever healthy may start slowly. */
const NEVER_HEALTHY_SECONDS = 600;

/** Most targets of the newer side that were healthy stay unhealthy, while the older side, if its targets are still there, is well. */
export const unhealthyTargets: Sign = ({ sides, look, counters }) => {
  const { targets = [], targetsAt } = look;
  const { unhealthySince, healthySince, firstSeen } = counters;
  if (targetsAt === undefined || unhealthySince === undefined) return null;
  const { unhealthy: all, healthy } = newerAmong(targets, counters, sides);
  const unhealthy = lostAmong(all, counters.wereHealthy);
  const name = sides.newer.revision.name;
  const what = `${unhealthy.length} of ${unhealthy.length + healthy.length} targets of ${name} are unhealthy`;
  if (isOlderSick(targets))
    return { is: 'open', says: `${what}, and targets of the revision before as well.` };
  const seconds = secondsBetween(unhealthySince, targetsAt);
  const isYoung = unhealthy.some(
    (id) => secondsBetween(firstSeen[id] ?? targetsAt, targetsAt) < MIN_AGE_SECONDS,
  );
  const enough = healthySince === undefined ? NEVER_HEALTHY_SECONDS : UNHEALTHY_SECONDS;
  if (isYoung || seconds < enough) return { is: 'open', says: `${what}.` };
  return { is: 'bad', by: 'persistence', since: unhealthySince, says: `${what}, for ${inMinutes(seconds)}.` };
};

function isOlderSick(targets: Parameters<typeof newerAmong>[0]): boolean {
  return targets.some(
    ({ side, healthy, unhealthy }) =>
      side === 'older' && unhealthy.length > 0 && unhealthy.length >= healthy.length,
  );
}
