import { explained } from '../../../../src/rollback/explained.ts';
import { noWayBack } from '../../../../src/rollback/no-way-back.ts';
import type { Plannable } from '../../../../src/rollback/document.ts';
import { supersededNote } from '../../../../src/rollback/needless.ts';
import type { Plan } from '../../../../src/rollback/plan.ts';
import { noWayFrom, withoutWay } from '../blame.ts';
import type { Candidate } from '../candidate.ts';
import type { Begun } from '../controller.ts';
import { definitionsOf } from '../definitions.ts';
import { nameOf } from '../ecs.ts';
import { looksAt } from '../images.ts';
import { metersOf } from '../meters.ts';
import { definitionsToRead, doubtOf, readBy, settledAlready } from '../task-sets/history.ts';
import { checkRequested, revisionOf, toRevision } from '../task-sets/revisions.ts';
import { targetGroupsOf, toSide } from '../task-sets/task-sets.ts';
import { leftAlone } from '../traffic/astray.ts';
import { traitsOfBoth } from '../traits.ts';
import { emptyNote, watchOf } from '../watch.ts';
import { astrayIn } from './astray.ts';
import { candidatesOf } from './candidates.ts';
import { choose, type Choice } from './choice.ts';
import type { Clients, Reads } from './clients.ts';
import type { Memo } from './memo.ts';
import { historyOf, type History } from './history.ts';
import { leftOver } from './left-over.ts';
import { rungsOf } from './rungs.ts';
import type { Standing } from './standing.ts';
import { survey, type Survey } from './survey.ts';

/** Plans the rollback of a service that CodeDeploy deploys, blue/green. Only reads. */
export async function plan(rollback: Plannable, begun: Begun, clients: Clients): Promise<Plan<Memo>> {
  const seen = await survey(rollback, begun, clients);
  const base = { at: clients.now(), tags: seen.service.tags };
  if (seen.standing === null)
    return { ...base, ...noWayBack('CodeDeploy deployed none of the task sets that it has now') };
  const running = seen.deployed(seen.standing.atFault);
  if (running === null) {
    const { id } = seen.standing.atFault;
    return { ...base, ...noWayBack(`it is unknown which task definition ${id} deploys`) };
  }
  const definitions = definitionsOf(clients.ecs);
  const reads = { ...clients, definitions, looks: looksAt(clients.registry) };
  return planFrom(base, seen, seen.standing, running, rollback, reads);
}

async function planFrom(
  base: Pick<Plan, 'at' | 'tags'>,
  seen: Survey,
  standing: Standing,
  running: string,
  rollback: Plannable,
  reads: Reads,
): Promise<Plan<Memo>> {
  const { definitions } = reads;
  const { revision } = rollback.request;
  const before = historyOf(seen, standing, running, rollback, definitions);
  const likely = offered(seen, before, revision).map((one) => one.revision);
  await definitions.read(definitionsToRead(before, likely, revision, seen.entries));
  const history = historyOf(seen, standing, running, rollback, definitions);
  const { recent, blame } = history;
  const facts = {
    ...base,
    deployment: recent[0],
    recent,
    meters: metersOf(seen.name, seen.sets.map(toSide)),
  };
  const left = await leftOver(seen, standing, reads);
  if (left !== null) return { ...facts, ...noWayBack(left) };
  const nothing = nothingToDo(seen, standing, running, revision);
  if (nothing !== null) return { ...facts, state: 'nothing-to-do', reason: nothing };
  if (revision !== undefined) checkRequested(definitions, revision, running);
  const candidates = offered(seen, history, revision);
  const isAstray = await astrayIn(seen, standing, reads.balancer);
  if (isAstray !== null && revision === undefined) return { ...facts, ...leftAlone(isAstray) };
  const settled =
    standing.state === 'rolling-back'
      ? null
      : settledAlready(
          history,
          candidates.map((one) => one.revision),
          seen.proven,
          rollback,
        );
  if (settled !== null) return { ...facts, state: 'nothing-to-do', reason: settled };
  const others = candidates.filter((one) => one.revision !== running && one.revision !== history.runs);
  const chosen = await choose(others, seen, standing, history.runs, reads);
  const choice = isAstray === null ? chosen : { ...chosen, notes: [isAstray, ...chosen.notes] };
  if (choice.to === null)
    return { ...facts, ...withoutWay(blame, recent, noWayFrom(blame, choice.notes, rollback)) };
  const found = {
    ...facts,
    ...readyPlan(choice, seen, standing, history, rollback),
    ...readBy(history, definitions),
  };
  const both = traitsOfBoth(revisionOf(history.runs, definitions), choice.to, definitions);
  const ready = explained(found, both);
  return standing.state === 'rolling-back' && choice.ways.includes('native')
    ? { ...ready, state: 'join' }
    : { ...ready, ...doubtOf(choice, history, seen.entries, definitions), state: 'ready' };
}

function offered(seen: Survey, history: History, requested: string | undefined): readonly Candidate[] {
  return requested === undefined ? candidatesOf(seen, history) : [{ revision: requested, source: 'request' }];
}

/** Returns why nothing is to do. The primary task set serves, whatever a failed deployment was to deploy. */
function nothingToDo(
  { sets, condemned }: Survey,
  { state, atFault }: Standing,
  running: string,
  requested: string | undefined,
): string | null {
  const serving = sets.find(({ isPrimary }) => isPrimary)?.settings.taskDefinition ?? running;
  const current = state === 'rolling-out' ? running : serving;
  if (requested === current && state !== 'rolling-back')
    return `${nameOf(current)} ${state === 'rolling-out' ? 'is already being rolled out' : 'already runs'}`;
  if (requested !== undefined || state === 'rolling-out' || state === 'rolling-back') return null;
  if (serving === running || condemned.has(serving)) return null;
  return `deployment ${atFault.id} of ${nameOf(running)} has ended, and ${nameOf(serving)} serves`;
}

function readyPlan(
  { to, source, ways, notes, revision }: Extract<Choice, { ways: unknown }>,
  { name, service, sets }: Survey,
  { atFault, state }: Standing,
  { runs, blame, named }: History,
  { request }: Plannable,
) {
  const { application, group, id: deployment, createdAt } = atFault;
  // A new task set starts behind the free one of the two target groups. Settle reads which one once it exists.
  const blue = sets.find(({ settings }) => settings.taskDefinition === to.arn);
  const groups = ways.includes('native') && blue !== undefined ? targetGroupsOf(blue) : [];
  return {
    source,
    from: named(toRevision(runs)),
    ...(blame.replacedBy !== null && { suspect: named(blame.suspect.revision) }),
    to: toRevision(to.arn),
    rungs: rungsOf(ways, nameOf(to.arn)),
    inFlight: state !== 'at-rest',
    watch: watchOf(name, service, groups, request),
    notes: [...emptyNote(service), ...supersededNote(blame), ...notes],
    memo: {
      controller: 'CODE_DEPLOY' as const,
      group: { application, group },
      deployment,
      createdAt,
      revision,
    },
  };
}
