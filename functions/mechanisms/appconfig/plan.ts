import { noteOn } from '../../../src/rollback/blame.ts';
import type { Plannable } from '../../../src/rollback/document.ts';
import { InvalidRequest } from '../../../src/rollback/errors.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import { cannotPutBack, noneFit, noWayBack } from '../../../src/rollback/no-way-back.ts';
import type { Plan, Ready, Watch } from '../../../src/rollback/plan.ts';
import { watchFor } from '../../../src/rollback/watch.ts';
import type { Deployment } from './appconfig.ts';
import { candidatesOf, choose, type Candidate, type Choice, type Readers } from './choice.ts';
import type { Memo } from './memo.ts';
import { nothingToDo } from './nothing-to-do.ts';
import { ownedBy } from './owner.ts';
import { revisionIn, revisionOf } from './revision.ts';
import { REDEPLOY, rungsOf, STOP_DEPLOYMENT } from './rungs.ts';
import { isGoingBack, isOpen } from './states.ts';
import { survey, type Clients as Surveying, type Survey } from './survey.ts';

export interface Clients extends Surveying, Omit<Readers, 'appconfig'> {}

/** Only alarms and probes show whether an application is well with a configuration. */
const NO_TARGET_GROUPS: Watch['targetGroups'] = [];

export function planWith(clients: Clients): Mechanism<Memo>['plan'] {
  return async (rollback): Promise<Plan<Memo>> => {
    const seen = await survey(rollback, clients);
    const [newest] = seen.own;
    const base = { at: clients.now(), tags: seen.tags };
    const [deployment] = seen.recent;
    if (newest === undefined || deployment === undefined) return { ...base, ...noWayBack(notDeployed(seen)) };
    const present = { ...base, deployment, recent: seen.recent };
    const owner = ownedBy(seen);
    if (owner !== null) return { ...present, ...noWayBack(owner) };
    const candidates = (await requested(rollback, seen, clients)) ?? candidatesOf(seen);
    const reason = nothingToDo(seen, rollback, candidates);
    if (reason !== null) return { ...present, state: 'nothing-to-do', reason };
    const choice = await choose(candidates, seen, clients);
    if (choice.revision === null)
      return {
        ...present,
        ...noWayBack(cannotPutBack(rollback.request, choice.notes) ?? noWay(choice.notes, seen)),
      };
    const joins = isGoingBack(newest) && choice.ways[0] === STOP_DEPLOYMENT;
    return { ...present, ...readyPlan(choice, newest, seen, rollback), state: joins ? 'join' : 'ready' };
  };
}

/** A list of deployments ends, and the profile may have been deployed before. */
function notDeployed({ all }: Pick<Survey, 'all'>): string {
  return `none of the last ${all.length} deployments to the environment is of this configuration profile`;
}

/** Returns the requested version. @throws InvalidRequest if it was never deployed here and the store has none */
async function requested(
  { request: { revision: id } }: Plannable,
  { own, name, profile }: Survey,
  { appconfig }: Pick<Clients, 'appconfig'>,
): Promise<readonly Candidate[] | null> {
  if (id === undefined) return null;
  const isKnown =
    own.some(({ version }) => version === id) ||
    (profile.isHosted && (await appconfig.versions(name)).some(({ version }) => version === id));
  if (!isKnown)
    throw new InvalidRequest('request.revision', `AppConfig knows no version ${JSON.stringify(id)} of it`);
  return [{ revision: revisionOf(profile.name, id), source: 'request' }];
}

function noWay(notes: readonly string[], { course: { suspect } }: Survey): string {
  const none = `no other version was complete before ${suspect?.revision.name ?? 'it'} was deployed`;
  return noneFit('there is no last known good version', notes, none);
}

function readyPlan(
  { revision, source, ways, notes }: Exclude<Choice, { revision: null }>,
  newest: Deployment,
  { tags, course, environment, own }: Survey,
  { request }: Plannable,
): Omit<Ready<Memo>, 'state' | 'at'> {
  const { suspect, current, isSuperseded } = course;
  const isAsked = request.revision !== undefined;
  const replacedBy = isSuperseded ? current : null;
  const runs = isOpen(newest) ? newest : (own.find(({ state }) => state === 'COMPLETE') ?? newest);
  const blamed = (replacedBy ?? suspect)?.revision ?? revisionIn(runs);
  return {
    source,
    from: isAsked ? revisionIn(runs) : blamed,
    ...(!isAsked && replacedBy !== null && suspect !== null && { suspect: suspect.revision }),
    to: revision,
    // Versions have no tags. Those of the environment declare barriers.
    ...{ tags, fromTags: tags },
    rungs: rungsOf(ways, revision.name),
    inFlight: isOpen(newest),
    watch: watchFor(tags, request, NO_TARGET_GROUPS, environment.monitors),
    ...(ways[0] === REDEPLOY && environment.monitors.length > 0 && { undoneBy: environment.monitors }),
    notes: [...(isAsked || suspect === null ? [] : noteOn({ suspect, replacedBy })), ...notes],
    memo: { number: newest.number, monitors: environment.monitors },
  };
}
