import { noteOn, replaced, wantedIsBack } from '../../../src/rollback/blame.ts';
import { explained } from '../../../src/rollback/explained.ts';
import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import { cannotPutBack, noneFit, noWayBack } from '../../../src/rollback/no-way-back.ts';
import type { Plan, Ready, Watch } from '../../../src/rollback/plan.ts';
import { isAutomatic, type Request } from '../../../src/rollback/request.ts';
import { isRestart } from '../../../src/rollback/suspect.ts';
import { watchFor } from '../../../src/rollback/watch.ts';
import { ownDimension } from '../../../src/targets/kinds/apigateway/api-names.ts';
import { candidatesIn, choose, requestedIn, type Choice } from './choice.ts';
import { memoOf, type Memo } from './memo.ts';
import { metersOf } from './meters.ts';
import { ownedBy } from './owner.ts';
import { rungsOf } from './rungs.ts';
import { revisionOf } from './side.ts';
import { survey, type Clients as SurveyClients, type Survey } from './survey.ts';
import { traitsOfBoth } from './traits.ts';

/** Only alarms and probes show whether a stage works. */
const NO_TARGET_GROUPS: Watch['targetGroups'] = [];

export interface Clients extends SurveyClients {
  readonly now: () => string;
}

export function planWith(clients: Clients): Mechanism<Memo>['plan'] {
  return async (rollback): Promise<Plan<Memo>> => {
    const { request } = rollback;
    const seen = await survey(rollback, clients);
    const base = baseOf(seen, clients.now());
    const owner = ownedBy(seen.name, seen.tags);
    if (owner !== null) return { ...base, ...noWayBack(owner) };
    const { revision } = request;
    const asked = revision === undefined ? null : await requestedIn(revision, seen);
    const reason = asked === null ? onlyAgain(seen, request) : alreadyRuns(seen, asked.side);
    if (reason !== null) return { ...base, state: 'nothing-to-do', reason };
    const choice = await choose(seen, asked === null ? candidatesIn(seen) : [asked]);
    if (choice.to === null) return { ...base, ...nowhere(choice.notes, seen, request) };
    const back = asked === null ? wantedIsBack(seen.blame, choice.to) : null;
    if (back !== null) return { ...base, state: 'nothing-to-do', reason: back };
    return readyPlan(base, choice, seen, request);
  };
}

type Base = Pick<Ready, 'at' | 'tags' | 'recent' | 'meters'>;
type Found = Extract<Choice, { source: unknown }>;

function baseOf(seen: Survey, at: string): Base {
  const { tags, recent } = seen;
  const meters = metersOf(seen);
  return { at, tags, ...{ deployment: recent[0], recent }, ...(meters !== null && { meters }) };
}

function alreadyRuns({ stage }: Survey, side: string): string | null {
  return stage.canary === null && stage.stage === side ? `${side} already answers every request` : null;
}

/** Returns why nothing is to do if the suspect is the side that was proven before; null if it is another one. */
function onlyAgain({ blame, recent, known, name }: Survey, request: Request): string | null {
  if (blame === null || !isAutomatic(request)) return null;
  const { suspect } = blame;
  const older = recent.slice(recent.findIndex(({ id }) => id === suspect.id) + 1);
  if (!isRestart(suspect, older) || !known.proven.has(suspect.revision.id)) return null;
  return `the stage ${name.stage} was changed but still has ${suspect.revision.name}, which was proven: going back would change nothing`;
}

async function readyPlan(base: Base, { to, source, notes }: Found, seen: Survey, request: Request) {
  const { name, stage, standing, recent, tags } = seen;
  const blame = request.revision === undefined ? seen.blame : null;
  // A request for the side that is being introduced goes back from the other one.
  const from =
    to === standing.introduced && standing.beside !== null ? standing.beside : recent[0].revision.id;
  const plan: Ready<Memo> = {
    ...base,
    state: 'ready',
    source,
    from: revisionOf(from),
    ...(blame !== null && blame.replacedBy !== null && { suspect: blame.suspect.revision }),
    to: revisionOf(to),
    // Deployments have no tags, so they cannot declare a barrier.
    fromTags: {},
    rungs: rungsOf(name.stage, to, stage),
    // Stop would have nothing to do: Revert removes a canary in the call that points the stage back.
    inFlight: false,
    watch: watchFor(tags, request, NO_TARGET_GROUPS),
    notes: [...(blame === null ? [] : noteOn(blame)), ...notes, ...doubtsIn(seen)],
    memo: memoOf(stage),
  };
  const deployments = seen.isShown ? await seen.deployments() : null;
  return explained(plan, traitsOfBoth(from, to, deployments));
}

function doubtsIn({ history, names, name }: Survey): readonly string[] {
  const unseen = `it is unknown when the stage ${name.stage} was changed`;
  const shared = `no numbers of this stage are known: CloudWatch has them by the name of the API, which ${name.api} shares with another`;
  const isShared = names?.has(name.api) === true && ownDimension(names, name.api) === null;
  return [...(history.seen ? [] : [unseen]), ...(isShared ? [shared] : [])];
}

/** Returns why nothing better is known. The side that replaced the suspect stays. */
function nowhere(notes: readonly string[], { blame }: Survey, request: Request) {
  const asked = cannotPutBack(request, notes);
  if (asked !== null || blame?.replacedBy == null) return noWayBack(asked ?? noWay(notes));
  return replaced(blame.replacedBy, blame, notes);
}

function noWay(notes: readonly string[]): string {
  return noneFit(
    'there is no last known good deployment',
    notes,
    'no other deployment of this stage is proven',
  );
}
