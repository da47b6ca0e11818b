import { provenIds } from '../../../src/ledger/among.ts';
import { backAlready, noteOn, replaced } from '../../../src/rollback/blame.ts';
import type { Plannable } from '../../../src/rollback/document.ts';
import { InvalidRequest } from '../../../src/rollback/errors.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import { noneFit, noWayBack } from '../../../src/rollback/no-way-back.ts';
import type { Plan, Ready, Revision } from '../../../src/rollback/plan.ts';
import { isAutomatic, type Request } from '../../../src/rollback/request.ts';
import { isRestart } from '../../../src/rollback/suspect.ts';
import { watchFor } from '../../../src/rollback/watch.ts';
import { readReport } from '../../../src/targets/report-id.ts';
import { externalOf } from '../../../src/targets/kinds/external/target.ts';
import { choose } from './choice.ts';
import type { Memo } from './memo.ts';
import { parameterOf, SOURCE_TAG } from './registration.ts';
import { itsLastGood, unknownOf } from './revision.ts';
import { rungsOf } from './rungs.ts';
import { survey, type Reading, type Survey } from './survey.ts';

export interface Clients extends Reading {
  readonly now: () => string;
}

type Base = Pick<Ready, 'at' | 'tags' | 'deployment' | 'recent'>;

/** Plans a handover. What the system can do is unknown, so only its reports and the ledger decide. */
export function planWith(clients: Clients): Mechanism<Memo>['plan'] {
  return async (rollback): Promise<Plan<Memo>> => {
    const { request } = rollback;
    const seen = await survey(rollback, clients);
    const [deployment] = seen.recent;
    const base: Base = {
      at: clients.now(),
      tags: seen.registration.tags,
      ...(deployment !== undefined && { deployment, recent: seen.recent }),
    };
    const lacks = whyNoAnswer(request.target, seen);
    if (lacks !== null) return { ...base, ...noWayBack(lacks) };
    const reason = nothingToDo(seen, request);
    if (reason !== null) return { ...base, state: 'nothing-to-do', reason };
    return deployment === undefined
      ? unreported(base, seen, request)
      : reported(base, deployment.revision, seen, rollback);
  };
}

/** Without a source, no answer could be believed, and silence would end dirty. */
function whyNoAnswer(target: string, { registration: { sources } }: Survey): string | null {
  return sources.length > 0
    ? null
    : `the parameter ${parameterOf(target)} has no tag ${SOURCE_TAG}, which names who may answer`;
}

function nothingToDo(seen: Survey, request: Request): string | null {
  const { recent, blame } = seen;
  const { revision, trigger } = request;
  const stranger = trigger?.type === 'deployment' ? strangerIn(trigger.deployment, seen) : null;
  if (stranger !== null)
    return `${stranger} reported the deployment, and the tag ${SOURCE_TAG} does not name it`;
  const [newest] = recent;
  if (newest === undefined || blame === null) return null;
  const since = trigger?.type === 'deployment' ? replacedSince(trigger.deployment, seen) : null;
  if (since !== null) return since;
  if (revision !== undefined) {
    if (newest.revision.id !== revision || newest.state === 'failed') return null;
    return newest.state === 'completed'
      ? `${newest.revision.name} already runs`
      : `${newest.revision.name} is being deployed already`;
  }
  return isAutomatic(request) ? onlyRestarted(seen) : null;
}

function strangerIn(deployment: string, { registration: { sources } }: Survey): string | null {
  const { source } = readReport(deployment) ?? {};
  return source === undefined || sources.includes(source) ? null : source;
}

/** Returns why nothing is to do if another revision was deployed after the one that failed, by its system or a person. */
function replacedSince(deployment: string, { recent }: Survey): string | null {
  const [newest] = recent;
  const failed = recent.find(({ id }) => id === deployment);
  if (newest === undefined || failed === undefined || newest.state === 'failed') return null;
  if (newest.revision.id === failed.revision.id) return null;
  const verb = newest.state === 'completed' ? 'has replaced' : 'is replacing';
  return `${newest.revision.name} ${verb} ${failed.revision.name} since it failed`;
}

/** Returns why nothing is to do if the suspect is the revision that was proven before. */
function onlyRestarted({ blame, recent, entries }: Survey): string | null {
  if (blame === null) return null;
  const { suspect } = blame;
  const older = recent.slice(recent.findIndex(({ id }) => id === suspect.id) + 1);
  if (!isRestart(suspect, older) || !provenIds(entries).includes(suspect.revision.id)) return null;
  return `${suspect.revision.name} was deployed again, and was proven before: going back would change nothing`;
}

/** No deployment is known, so the system chooses. Judge lets no alarm go on without a deployment to suspect. */
function unreported(base: Base, seen: Survey, request: Request): Plan<Memo> {
  const { system } = externalOf(request.target);
  const { revision } = request;
  const to = revision === undefined ? itsLastGood(system) : { id: revision, name: revision };
  const note = `no deployment of ${request.target} is known, because none was reported`;
  const asked = revision === undefined ? `, so ${system} chooses what it goes back to` : '';
  return {
    ...ready(base, unknownOf(system), to, [`${note}${asked}`], seen, request),
    ...(revision === undefined && { source: 'owner' as const }),
    isUnknown: true,
  };
}

async function reported(
  base: Base,
  from: Revision,
  seen: Survey,
  { request }: Plannable,
): Promise<Plan<Memo>> {
  const { blame, recent, entries } = seen;
  const { revision } = request;
  if (revision !== undefined) {
    if (![...recent.map(({ revision: { id } }) => id), ...provenIds(entries)].includes(revision))
      throw new InvalidRequest(
        'request.revision',
        `no deployment of ${JSON.stringify(revision)} was reported`,
      );
    return ready(base, from, { id: revision, name: revision }, [], seen, request);
  }
  const { way, notes } = await choose(seen);
  const after = blame?.replacedBy ?? null;
  if (blame !== null && after !== null && way !== null && after.content === way.id)
    return { ...base, state: 'nothing-to-do', reason: backAlready(after, blame) };
  if (way !== null) return ready(base, from, way, notes, seen, request);
  if (blame !== null && after !== null) return { ...base, ...replaced(after, blame, notes) };
  const none = 'no reported revision is proven yet';
  return { ...base, ...noWayBack(noneFit('there is no last known good revision', notes, none)) };
}

function ready(
  base: Base,
  from: Revision,
  to: Revision,
  notes: readonly string[],
  { registration, blame, recent }: Survey,
  request: Request,
): Ready<Memo> {
  const [newest] = recent;
  const blamed = request.revision === undefined ? blame : null;
  return {
    ...base,
    state: 'ready',
    source: request.revision === undefined ? 'ledger' : 'request',
    from,
    ...(blamed?.replacedBy != null && { suspect: blamed.suspect.revision }),
    to,
    // Revisions of other systems have no tags, so they cannot declare a barrier.
    fromTags: {},
    rungs: rungsOf(externalOf(request.target).system, to.name, registration.withinSeconds),
    // Stop would have nothing to do: the system stops its own rollout when it goes back.
    inFlight: false,
    watch: watchFor(registration.tags, request, []),
    notes: [...(blamed === null ? [] : noteOn(blamed)), ...notes],
    memo: {
      newest: newest?.id ?? null,
      ...(newest?.state === 'in-flight' && { inFlight: newest.id }),
    },
  };
}
