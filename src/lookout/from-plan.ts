import type { Deployment, Meter, Plan } from '../rollback/plan.ts';
import { readSettings } from '../rollback/settings.ts';
import { isRestart, isReturn } from '../rollback/suspect.ts';
import { after, isAfter } from '../rollback/time.ts';
import type { Followed, Side } from './document.ts';
import type { SidesAnswer } from './sided.ts';

/** An event may come so long after its deployment began, and a first sight too. */
const LATE_SECONDS = 900;

/**
 * Returns the sides of a deployment from a plan to go back from it. The plan has read the newest deployment, the
 * deployments before it and their meters, and it names no side where AWS shows none.
 * @param followed the document of the lookout. Its first `sides` names the deployment as plans do
 * @param sideOf returns the groups of a revision, and how many targets it is to have, as far as the kind shows them
 */
export function sidesFrom(
  plan: Plan,
  followed: Followed,
  sideOf: (deployment: Deployment) => Omit<Side, 'revision'>,
): SidesAnswer {
  const { tags, meters = [] } = plan;
  const settings = readSettings(tags);
  const none = (reason: string) => ({ state: 'none', reason }) as const;
  if (settings.mode === 'none') return none('The target has no tag lastgood.');
  if (settings.lookout === 'off') return none('The target has no tag lastgood:lookout.');
  const [newest, ...rest] = plan.recent ?? (plan.deployment === undefined ? [] : [plan.deployment]);
  if (newest === undefined) return none('AWS shows no deployment.');
  const ended = endOf(newest, rest, followed);
  if (ended !== null) return none(ended);
  const older = rest.find((one) => ranBefore(one, newest));
  if (older === undefined)
    return none(`${newest.revision.name} is the first that is known: there is nothing to compare it with.`);
  const of = (one: Deployment): Side => ({ revision: one.revision, ...sideOf(one) });
  return {
    state: 'sides',
    deployment: newest.id,
    startedAt: newest.startedAt,
    ...(newest.finishedAt !== undefined && { finishedAt: newest.finishedAt }),
    newer: of(newest),
    older: of(older),
    meters: metersOf(meters, [newest, older]),
    tags,
  };
}

/** Returns why the deployment is not followed, or no longer. Null: it is. */
function endOf(
  newest: Deployment,
  older: readonly Deployment[],
  { startedAt, sides }: Followed,
): string | null {
  const { name } = newest.revision;
  const before = sides?.state === 'sides' ? sides.deployment : null;
  if (before !== null && before !== newest.id) return `${name} is deployed by another deployment since.`;
  if (newest.state === 'failed') return `The deployment of ${name} failed, as AWS reports.`;
  if (newest.state === 'rolling-back') return `AWS rolls the deployment of ${name} back natively.`;
  if (isReturn(newest, older)) return `${name} is a way back.`;
  if (isRestart(newest, older)) return `${name} ran before: this is a restart.`;
  if (newest.isProven === true) return `${name} is proven.`;
  if (before === null && isAfter(after(startedAt, -LATE_SECONDS), newest.startedAt))
    return `The newest deployment, of ${name}, is not the one that began at ${startedAt}.`;
  return null;
}

function ranBefore(one: Deployment, newest: Deployment): boolean {
  const isOther = one.revision.id !== newest.revision.id && (one.content ?? '') !== newest.content;
  return isOther && (one.state === 'completed' || one.remains === true);
}

/** Returns the meters of both sides, and those of the whole target. */
function metersOf(meters: readonly Meter[], sides: readonly Deployment[]): readonly Meter[] {
  const ids = sides.map(({ revision }) => revision.id);
  const MEASURED: readonly Meter['metric'][] = ['requests', 'errors', 'latency'];
  return meters.filter(
    ({ metric, revision }) => MEASURED.includes(metric) && (revision === undefined || ids.includes(revision)),
  );
}
