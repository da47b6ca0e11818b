/** Doubts of a plan, as sentences without a full stop: a person decides. */

/** The revision at fault may carry a barrier. */
export function barrierNotRead(name: string): string {
  return `${name} may be tagged as not reversible: Lastgood did not read its tags`;
}

/** The revision to go back to may equal one that was at fault. */
export function mayEqual(name: string, bad: string): string {
  return `${name} may deploy the same as ${bad}, which was at fault: Lastgood did not compare all of both`;
}

/** A new deployment of the revision may pull another image than before. */
export function mayDifferFrom(name: string, why: string): string {
  return `${name} may come back with another image: ${why}`;
}
