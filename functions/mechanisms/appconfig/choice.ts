import { provenIn } from '../../../src/ledger/among.ts';
import { firstWay, passedOver, type Examined } from '../../../src/rollback/first-way.ts';
import { isFit } from '../../../src/rollback/course.ts';
import type { Ready, Revision } from '../../../src/rollback/plan.ts';
import { isAfter, secondsBetween } from '../../../src/rollback/time.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { AppConfig, Deployment } from './appconfig.ts';
import { before } from './history.ts';
import { whyUndone, type AlarmStates } from './monitors.ts';
import { revisionIn, revisionOf } from './revision.ts';
import { REDEPLOY, REVERT, STOP_DEPLOYMENT, type Way } from './rungs.ts';
import { isComplete, isGoingBack, isInFlight, isOpen } from './states.ts';
import type { Survey } from './survey.ts';

/** A version that may be the last known good, and the source that says so. Candidates are sorted, best first. */
export interface Candidate {
  readonly revision: Revision;
  readonly source: Ready['source'];
}

/** The version to go back to, if there is one, and the candidates that were passed over. */
export type Choice =
  | (Candidate & { readonly ways: readonly [Way, ...Way[]]; readonly notes: readonly string[] })
  | { readonly revision: null; readonly notes: readonly string[] };

export interface Readers {
  readonly appconfig: Pick<AppConfig, 'versions'>;
  readonly alarmStates: AlarmStates;
  readonly now: () => Instant;
}

/** https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-deploying-reverting.html */
export const REVERTABLE_HOURS = 72;

/** An operator sees no more candidates at a glance. */
const MAX_CANDIDATES = 6;

/**
 * Lists the versions that the ledger has proven, newest first, and then those that had completed before the suspect
 * began. An experiment's version is none.
 */
export function candidatesOf({
  entries,
  own,
  recent,
  course,
  condemned,
  profile,
}: Survey): readonly Candidate[] {
  const bad = [...condemned].map((id) => ({ id, content: id }));
  const fit = (ids: readonly string[]) =>
    [...new Set(ids)]
      .filter((id) => isFit({ id, content: id }, course, recent, bad))
      .slice(0, MAX_CANDIDATES)
      .map((id) => revisionOf(profile.name, id));
  const proven = fit(provenIn(entries).map(({ revision }) => revision.id));
  const since = course.suspect?.startedAt;
  const completed = own.filter(
    (one) => isComplete(one) && !one.isManaged && (since === undefined || wasThere(one, since)),
  );
  const deployed = fit(completed.map(({ version }) => version));
  const known = proven.map((revision) => ({ revision, source: 'ledger' as const }));
  const joined = fit(goingTo(own)).map((revision) => ({
    revision,
    source: proven.some(({ id }) => id === revision.id) ? ('ledger' as const) : ('deployments' as const),
  }));
  return [
    ...joined,
    ...known.filter(({ revision }) => !joined.some((one) => one.revision.id === revision.id)),
    ...deployed
      .filter(({ id }) => ![...proven, ...joined.map((one) => one.revision)].some((one) => one.id === id))
      .map((revision) => ({ revision, source: 'deployments' as const })),
  ];
}

/** Joins AppConfig's own way back, unless its version is known to be bad: two at once would conflict. */
function goingTo(own: readonly Deployment[]): readonly string[] {
  const [newest] = own;
  const to = newest !== undefined && isGoingBack(newest) ? before(own, newest) : null;
  return to === null ? [] : [to.version];
}

function wasThere({ completedAt }: Deployment, since: Instant): boolean {
  return completedAt !== null && !isAfter(completedAt, since);
}

/** Takes the first candidate that can be reached. */
export async function choose(
  candidates: readonly Candidate[],
  seen: Survey,
  readers: Readers,
): Promise<Choice> {
  const [newest] = seen.own;
  const says = ({ revision }: Candidate, why: string) => passedOver(revision.name, why);
  const examining = once(() => whyNotRedeployed(seen, readers));
  const { way, notes } = await firstWay(candidates, says, async (candidate): Promise<Examined<Found>> => {
    const native =
      newest === undefined ? null : nativeWay(newest, candidate.revision, seen.own, readers.now());
    const { versions, refusal } = await (native === null ? examining() : examining().catch(notRead));
    const isGone = versions !== null && !versions.has(candidate.revision.id);
    const blocker = isGone ? 'it was deleted from the hosted store' : refusal;
    if (native === null)
      return blocker === null
        ? { way: { ...candidate, ways: [REDEPLOY] }, notes: [] }
        : { blockers: [blocker] };
    const ways: Found['ways'] = blocker === null ? [native, REDEPLOY] : [native];
    return { way: { ...candidate, ways }, notes: blocker === null ? [] : [only(blocker)] };
  });
  return way === null ? { revision: null, notes } : { ...way, notes };
}

type Found = Omit<Exclude<Choice, { revision: null }>, 'notes'>;

/** Only the version before the newest deployment is what AppConfig goes back to. */
function nativeWay(newest: Deployment, to: Revision, own: readonly Deployment[], now: Instant): Way | null {
  if (before(own, newest)?.version !== to.id) return null;
  if (isInFlight(newest) || isGoingBack(newest)) return STOP_DEPLOYMENT;
  const { completedAt } = newest;
  const isRecent = completedAt !== null && secondsBetween(completedAt, now) < REVERTABLE_HOURS * 3600;
  return isComplete(newest) && isRecent ? REVERT : null;
}

interface Redeployable {
  /** Null: they are not in AppConfig's store, so nothing is known of them. */
  readonly versions: ReadonlySet<string> | null;
  /** Why no version can be deployed now. */
  readonly refusal: string | null;
}

/** A stop or a revert needs no answer. */
function notRead(): Redeployable {
  return { versions: null, refusal: 'whether a new deployment would stand could not be read' };
}

async function whyNotRedeployed(
  { environment, profile, name, all }: Survey,
  { appconfig, alarmStates }: Readers,
): Promise<Redeployable> {
  const [versions, states] = await Promise.all([
    profile.isHosted ? appconfig.versions(name) : null,
    alarmStates(environment.monitors),
  ]);
  const [latest] = all;
  const busy =
    latest !== undefined && isOpen(latest) && latest.profile !== name.profile ? inTheWay(latest) : null;
  return {
    versions: versions === null ? null : new Set(versions.map(({ version }) => version)),
    refusal: whyUndone(environment.monitors, states) ?? busy,
  };
}

/** Says that another profile holds the environment. Its deployment is another's, and stays. */
export function inTheWay(latest: Deployment): string {
  return `deployment ${latest.number} of ${revisionIn(latest).name} is in flight, and an environment has one deployment at a time`;
}

function only(blocker: string): string {
  return `only AppConfig's own way back is left: ${blocker}`;
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | undefined;
  return () => (kept ??= read());
}
