import type { Plannable } from '../rollback/document.ts';
import type { Deployment, Meter, Plan, Revision } from '../rollback/plan.ts';
import type { Instant } from '../rollback/request.ts';
import { withoutSince } from '../rollback/first-seen.ts';
import { readSettings } from '../rollback/settings.ts';
import { isRestart, isReturn } from '../rollback/suspect.ts';
import { after, isAfter, secondsBetween } from '../rollback/time.ts';
import type { Followed, Side } from './document.ts';
import type { SidesAnswer } from './sided.ts';

/** An event may come so long after its deployment began, and a first sight too. */
const LATE_SECONDS = 900;

/** The part of a plan that names sides. */
export type Planned = Pick<Plan, 'tags' | 'deployment' | 'recent' | 'meters'>;

/** Returns the request of a plan that a lookout reads: it has no trigger, so the newest deployment is the suspect. */
export function plannable({ target }: Followed, since: Instant): Plannable {
  return { request: { target, reason: 'a lookout follows its deployment' }, since };
}

/**
 * Returns the sides of a deployment from a plan to go back from it. The plan has read the newest deployment, the
 * deployments before it and their meters, and it names no side where AWS shows none.
 * @param followed the document of the lookout. Its first `sides` names the deployment as plans do
 * @param sideOf returns the groups of a revision, and how many targets it is to have, as far as the kind shows them
 * @param replaced the revision that AWS itself names as the one before. Absent: the last one that ran before
 */
export function sidesFrom(
  plan: Planned,
  followed: Followed,
  sideOf: (revision: Revision) => Omit<Side, 'revision'>,
  replaced?: Revision,
): SidesAnswer {
  const { tags, meters = [] } = plan;
  const settings = readSettings(tags);
  const none = (reason: string) => ({ state: 'none', reason }) as const;
  if (settings.mode === 'none') return none('The target has no tag lastgood.');
  if (settings.lookout === 'off') return none('The target has no tag lastgood:lookout.');
  const [newest, ...rest] = plan.recent ?? (plan.deployment === undefined ? [] : [plan.deployment]);
  if (newest === undefined) return { ...none('AWS shows no deployment.'), isEarly: true };
  if (isOlder(newest, followed))
    return {
      ...none(
        `The newest deployment, of ${newest.revision.name}, is not the one that began at ${followed.startedAt}.`,
      ),
      isEarly: true,
    };
  const ended = endOf(newest, rest, followed);
  if (ended !== null) return none(ended);
  const older = replaced ?? rest.find((one) => ranBefore(one, newest))?.revision;
  if (older === undefined)
    return none(`${newest.revision.name} is the first that is known: there is nothing to compare it with.`);
  if (older.id === newest.revision.id) return none(`${older.name} ran before: this is a restart.`);
  const of = (revision: Revision): Side => ({ revision, ...sideOf(revision) });
  const over = overOf(newest, rest);
  return {
    state: 'sides',
    deployment: newest.id,
    startedAt: newest.startedAt,
    ...(newest.finishedAt !== undefined && { finishedAt: newest.finishedAt }),
    ...(newest.divides === true && newest.state === 'in-flight' && { divided: true as const }),
    newer: of(newest.revision),
    older: of(older),
    ...(over !== null && { over }),
    meters: metersOf(meters, [newest.revision, older]),
    tags,
  };
}

/** Returns why the deployment is not followed, or no longer. Null: it is. */
function endOf(newest: Deployment, older: readonly Deployment[], { sides }: Followed): string | null {
  const { name } = newest.revision;
  const before = sides?.state === 'sides' ? sides : null;
  if (before !== null && !isOne(newest, before)) return `${name} is deployed by another deployment since.`;
  if (newest.state === 'failed') return `The deployment of ${name} failed, as AWS reports.`;
  if (newest.state === 'rolling-back') return `AWS rolls the deployment of ${name} back natively.`;
  if (isReturn(newest, older)) return `${name} is a way back.`;
  if (isRestart(newest, older)) return `${name} ran before: this is a restart.`;
  if (newest.isProven === true) return `${name} is proven.`;
  return null;
}

/** Says whether the newest deployment is an earlier one than that which an event named. */
function isOlder(newest: Deployment, { deployment, startedAt, sides }: Followed): boolean {
  if (sides?.state === 'sides' || isNamed(newest, deployment)) return false;
  return isAfter(after(startedAt, -LATE_SECONDS), newest.startedAt);
}

/** The sweep names what came without a deployment of AWS by its revision, and may see it long after it began. */
function isNamed({ id, revision }: Deployment, named: string): boolean {
  return id === named || revision.id === withoutSince(named);
}

/** Says whether a deployment is the one that was followed. A canary has another id after each of its steps. */
function isOne(
  newest: Deployment,
  before: { readonly deployment: string; readonly startedAt: Instant },
): boolean {
  return newest.id === before.deployment || newest.startedAt === before.startedAt;
}

function ranBefore(one: Deployment, newest: Deployment): boolean {
  const isOther = one.revision.id !== newest.revision.id && (one.content ?? '') !== newest.content;
  return isOther && (one.state === 'completed' || one.remains === true);
}

/** A fix follows a bad release within so long (src/rollback/suspect.ts). */
const FIX_WITHIN_SECONDS = 600;

/**
 * Returns the revision whose release may still hurt while this deployment is in flight: the one before was not over, or
 * began shortly before and is not proven. Null: there is none.
 */
function overOf(
  { revision, startedAt }: Deployment,
  [before, ...older]: readonly Deployment[],
): Revision | null {
  if (before === undefined || before.isProven === true || before.revision.id === revision.id) return null;
  if (before.state !== 'completed') return before.remains === true ? before.revision : null;
  const isRecent = secondsBetween(before.startedAt, startedAt) <= FIX_WITHIN_SECONDS;
  return isRecent && !isReturn(before, older) ? before.revision : null;
}

/** Returns the meters of both sides, and those of the whole target. */
function metersOf(meters: readonly Meter[], sides: readonly Revision[]): readonly Meter[] {
  const ids = sides.map(({ id }) => id);
  const MEASURED: readonly Meter['metric'][] = ['requests', 'errors', 'latency'];
  return meters.filter(
    ({ metric, revision }) => MEASURED.includes(metric) && (revision === undefined || ids.includes(revision)),
  );
}
