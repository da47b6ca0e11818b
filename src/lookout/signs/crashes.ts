import { isAfter, secondsBetween } from '../../rollback/time.ts';
import type { Stop } from '../document.ts';
import type { Sign } from './finding.ts';

/** One task may crash by chance. */
const MIN_CRASHES = 2;

/** Of a large service, more must crash. */
const SHARE_OF_WANTED = 1 / 10;

/** More are never needed: with half as many of the older side, all that are noted (src/ledger/lookout-keys.ts). */
const MOST_CRASHES = 25;

/** A slow starter is stopped once or twice by its health checks, and comes up. */
const MIN_KILLS = 4;

/**
 * Tasks of the newer side exit or cannot start. Those of the older side are the control: where they crash as well, the
 * deployment is hardly the cause. Once the deployment has ended, no older task is there to be compared with.
 */
export const crashes: Sign = ({ sides: { newer: side, finishedAt }, look }) => {
  const { newer, older } = stopsOf(look.stops, 'crash');
  const [first, last] = [newer[0], newer.at(-1)];
  if (first === undefined || last === undefined) return null;
  const what = `${inTasks(newer.length)} of ${side.revision.name} crashed, the last one: ${last.says}`;
  if (isControlSick(newer, older))
    return { is: 'open', says: `${what}; ${inTasks(older.length)} of the revision before crashed as well.` };
  const share = Math.ceil((side.wanted ?? 0) * SHARE_OF_WANTED);
  const enough = Math.min(MOST_CRASHES, Math.max(MIN_CRASHES, share));
  if (newer.length < enough) return { is: 'open', says: `${what}; the lookout accuses from ${enough} on.` };
  if (finishedAt !== undefined && isAfter(first.at, finishedAt))
    return { is: 'bad', by: 'persistence', since: first.at, says: `${what}.` };
  return {
    is: 'bad',
    by: 'control',
    since: first.at,
    says: `${what}; ${inTasks(older.length)} of the revision before crashed.`,
  };
};

/** Health checks stop the tasks of the newer side, and none of its targets was ever healthy. */
export const neverHealthy: Sign = ({ sides: { newer: side }, look, counters }) => {
  if (counters.healthySince !== undefined) return null;
  const { newer, older } = stopsOf(look.stops, 'health');
  const [first] = newer;
  if (first === undefined) return null;
  const what = `Health checks stopped ${inTasks(newer.length)} of ${side.revision.name}, and none of its targets was ever healthy`;
  if (newer.length < MIN_KILLS || isControlSick(newer, older)) return { is: 'open', says: `${what} yet.` };
  return { is: 'bad', by: 'control', since: first.at, says: `${what}.` };
};

function isControlSick(newer: readonly Stop[], older: readonly Stop[]): boolean {
  return older.length * 2 >= newer.length;
}

/** Returns the stops of each side, oldest first. */
function stopsOf(stops: readonly Stop[], kind: Stop['kind']) {
  const of = stops
    .filter((stop) => stop.kind === kind)
    .toSorted((one, other) => secondsBetween(other.at, one.at));
  const on = (side: Stop['side']) => of.filter((stop) => stop.side === side);
  return { newer: on('newer'), older: on('older') };
}

function inTasks(count: number): string {
  if (count === 0) return 'no task';
  return `${count} task${count === 1 ? '' : 's'}`;
}
