import { releaseIn } from './course.ts';
import { deployedIn, goesOn, type Deployed } from './mishaps.ts';
import type { Night } from './night.ts';

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
  if (release === first?.name || !others.some((other) => other.name === release)) return true;
  if (goesOn(night)) return true;
  return deployedIn(night).some((one) => one.release === release && one.at <= until && is(one));
}

export function named(name: string): { readonly id: string; readonly name: string } {
  return { id: name, name };
}
