import type { Claimed } from '../../../src/rollback/document.ts';
import { onsetFor } from '../../../src/rollback/onset.ts';
import type { Deployment, NothingToDo, NoWayBack } from '../../../src/rollback/plan.ts';
import { isAutomatic } from '../../../src/rollback/request.ts';
import { isOlderThan, isRestart, suspicionAmong, type Suspicion } from '../../../src/rollback/suspect.ts';

/** A target's last deployments, newest first. There is one at least. */
export type Recent = readonly [Deployment, ...Deployment[]];

/** The deployment that is held responsible, and what took its place since. */
export interface Blame {
  readonly suspect: Deployment;
  /** The newest deployment, where it deploys something else than the suspect did: a way back or a fix. */
  readonly replacedBy: Deployment | null;
}

/** Returns who is to blame; where nothing had begun when the harm did, the newest. */
export function blameOf(recent: Recent, rollback: Claimed): Blame {
  const [newest] = recent;
  const { suspect, later } = suspicionOf(recent, rollback) ?? { suspect: newest, later: [] };
  const isAgain = suspect.content !== undefined && newest.content === suspect.content;
  return { suspect, replacedBy: later.length === 0 || isAgain ? null : newest };
}

/** AWS names the deployment that failed; of other triggers the onset says which one ran. */
function suspicionOf(recent: readonly Deployment[], rollback: Claimed): Suspicion | null {
  const { trigger } = rollback.request;
  if (trigger?.type !== 'deployment') return suspicionAmong(recent, onsetFor(rollback));
  const index = Math.max(
    0,
    recent.findIndex((one) => isNamed(one, trigger.deployment)),
  );
  const suspect = recent[index];
  return suspect === undefined ? null : { suspect, later: recent.slice(0, index) };
}

/** Events of ECS name a deployment `ecs-svc/` and the id of its service revision, as recorded pairs show. */
function isNamed({ id, revision }: Deployment, name: string): boolean {
  return id === name || revision.id.endsWith(`/${name.replace(/^ecs-svc\//, '')}`);
}

/** Whether a content may be gone back to: something else than the suspect's, that was there before it. */
export function isBefore(content: string | undefined, suspect: Deployment, recent: readonly Deployment[]) {
  return content === undefined || (content !== suspect.content && isOlderThan(content, suspect, recent));
}

/** Why nothing is to be done where what is wanted back has taken the suspect's place; null: it has not. */
export function backAlready({ suspect, replacedBy }: Blame, wanted: string | undefined): string | null {
  if (replacedBy === null || wanted === undefined || replacedBy.content !== wanted) return null;
  const { state, revision } = replacedBy;
  if (state === 'failed') return null;
  return state === 'completed'
    ? `${revision.name} is back already: it replaced ${suspect.revision.name}`
    : `${revision.name} is being brought back already: it replaces ${suspect.revision.name}`;
}

/**
 * Why nothing is to be done where the suspect only deployed once more what was proven; null: it did not. A person who asks
 * may mean what ran before that.
 */
export function onlyRestarted(
  { suspect }: Blame,
  recent: readonly Deployment[],
  proven: ReadonlySet<string>,
  { request }: Claimed,
): string | null {
  const older = recent.slice(recent.findIndex(({ id }) => id === suspect.id) + 1);
  if (!isAutomatic(request) || !isRestart(suspect, older) || !proven.has(suspect.content ?? '')) return null;
  return `the deployment at fault only restarted ${suspect.revision.name}, which was proven before: going back would change nothing`;
}

/** Says in a plan whom it goes back from, where that is not what runs. */
export function noteOn({ suspect, replacedBy }: Blame): readonly string[] {
  if (replacedBy === null) return [];
  const [at, since] = [suspect.revision.name, replacedBy.revision.name];
  return [`${at} is held responsible, which ran when the harm began; ${since} took its place since`];
}

/** What a plan says where nothing can be put back: what took the suspect's place may be the fix, and no way is missed. */
export function withoutWay(
  { suspect, replacedBy }: Blame,
  why: string,
): Pick<NothingToDo | NoWayBack, 'state' | 'reason'> {
  if (replacedBy === null || replacedBy.state === 'failed') return { state: 'no-way-back', reason: why };
  const [at, since] = [suspect.revision.name, replacedBy.revision.name];
  return {
    state: 'nothing-to-do',
    reason: `${since} took the place of ${at}, which ran when the harm began, and ${why}`,
  };
}

/** Why nothing can be put back in place of the suspect. */
export function noWayFrom({ suspect }: Blame, notes: readonly string[]): string {
  return notes.length === 0
    ? `there is no last known good revision: none that succeeded before ${suspect.revision.name} is fit`
    : `there is no last known good revision that could be put back: ${notes.join('; ')}`;
}
