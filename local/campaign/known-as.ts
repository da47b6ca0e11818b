import { courseOf, releaseIn, routeOf } from './course.ts';
import { deployedIn, doneBefore, goesOn, type Deployed } from './mishaps.ts';
import type { Night } from './night.ts';
import { byRollback } from './writes.ts';

/** A rollout that is stopped brings back the version that ran before. */
const ABORTS = ['abort', 'abort-without-cause'];

/**
 * Says whether a deployment of a version fulfils a condition. The first release, and what the ground deployed before it,
 * are not judged: the story does not say when. Nor are the later steps of a tool that goes on.
 */
export function isKnownAs(
  night: Night,
  name: string,
  until: number,
  is: (deployed: Deployed) => boolean,
): boolean {
  const release = releaseIn(night, named(name));
  const [first, ...others] = night.releases.all;
  if (release === null || release === first?.name) return true;
  if (!others.some((other) => other.name === release)) return true;
  if (goesOn(night)) return true;
  const deployed = [...deployedIn(night), ...waysBackIn(night)].filter(
    (one) => one.release === release && one.at <= until,
  );
  const aborted = doneBefore(night, until, ...ABORTS).filter(({ at }) => deployed.some((one) => at > one.at));
  return [...deployed, ...aborted.map(({ at }) => ({ at, release }))].some(is);
}

/** Returns what Lastgood deployed. */
function waysBackIn(night: Night): readonly Deployed[] {
  return byRollback(courseOf(night)).flatMap(({ rollback: { last }, writes: [{ at }] }) => {
    const release = releaseIn(night, routeOf(last)?.to);
    return release === null ? [] : [{ at, release }];
  });
}

export function named(name: string): { readonly id: string; readonly name: string } {
  return { id: name, name };
}
