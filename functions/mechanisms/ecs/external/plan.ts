import { noWayBack } from '../../../../src/rollback/no-way-back.ts';
import type { Plannable } from '../../../../src/rollback/document.ts';
import { supersededNote } from '../../../../src/rollback/needless.ts';
import type { Plan, Rung } from '../../../../src/rollback/plan.ts';
import { noWayFrom, withoutWay, type Blame } from '../blame.ts';
import { remembering } from '../content.ts';
import { nameOf, type Service } from '../ecs.ts';
import { metersOf } from '../meters.ts';
import { historyOf, readBy, settledAlready, type History } from '../task-sets/history.ts';
import { checkRequested, toRevision } from '../task-sets/revisions.ts';
import { targetGroupsOf, toSide } from '../task-sets/task-sets.ts';
import { emptyNote, watchOf } from '../watch.ts';
import { candidatesOf } from './candidates.ts';
import { choose, type Choice } from './choice.ts';
import type { Clients, Reads } from './clients.ts';
import type { Memo } from './memo.ts';
import { obstacleTo } from './obstacles.ts';
import { recentOf, withdrawnOf } from './recent.ts';
import { newTaskSet, switchBack } from './rungs.ts';
import type { Sides } from './sides.ts';
import { survey, type Survey } from './survey.ts';

/** Plans the rollback of a service whose task sets an external controller makes. Only reads. */
export async function plan(rollback: Plannable, service: Service, clients: Clients): Promise<Plan<Memo>> {
  const seen = await survey(rollback, service, clients);
  const base = { at: clients.now(), tags: service.tags };
  if (seen.sides === null) return { ...base, ...noWayBack('the service has no primary task set') };
  return planFrom(base, seen, seen.sides, rollback, { ...clients, ecs: remembering(clients.ecs) });
}

async function planFrom(
  base: Pick<Plan, 'at' | 'tags'>,
  seen: Survey,
  sides: Sides,
  rollback: Plannable,
  clients: Reads,
): Promise<Plan<Memo>> {
  const { revision } = rollback.request;
  const running = sides.atFault.settings.taskDefinition;
  const history = await historyFrom(seen, sides, rollback, clients);
  const { recent, blame } = history;
  const facts = {
    ...base,
    deployment: recent[0],
    recent,
    meters: metersOf(seen.name, seen.sets.map(toSide)),
  };
  if (revision === running)
    return {
      ...facts,
      state: 'nothing-to-do',
      reason: `${nameOf(running)} ${sides.isInFlight ? 'is already being rolled out' : 'already runs'}`,
    };
  if (revision !== undefined) await checkRequested(clients.ecs, revision, running);
  const candidates = candidatesOf(seen, sides, history, revision);
  const settled =
    settledAlready(
      history,
      candidates.map((one) => one.taskDefinition),
      seen.proven,
      rollback,
    ) ?? beingPrepared(sides, seen, revision);
  if (settled !== null) return { ...facts, state: 'nothing-to-do', reason: settled };
  const obstacle = obstacleTo(sides.atFault, seen.forwardings);
  if (obstacle !== null) return { ...facts, ...withoutWay(blame, recent, obstacle) };
  const others = candidates.filter(({ taskDefinition }) => taskDefinition !== running);
  const choice = await choose(others, seen, sides, clients);
  const ways = choice.taskDefinition === null ? null : rungsOf(choice);
  if (choice.taskDefinition === null || ways === null)
    return { ...facts, ...withoutWay(blame, recent, noWay(blame, choice.notes)) };
  return {
    ...facts,
    ...readyPlan(choice, seen, sides, history, rollback),
    ...(await readBy(history, clients.ecs)),
    rungs: ways,
    state: 'ready',
  };
}

function historyFrom(
  { sets, entries, condemned, proven }: Survey,
  sides: Sides,
  rollback: Plannable,
  { ecs }: Reads,
): Promise<History> {
  const definitions = sets.map(({ settings }) => settings.taskDefinition);
  return historyOf(
    { runs: sides.atFault.settings.taskDefinition, condemned, proven },
    definitions,
    (contents) => recentOf(sides, { entries, condemned, contents }),
    rollback,
    ecs,
  );
}

/**
 * Returns why a newer task set that never served blocks the rollback, or null: it may be the fix of its own controller.
 */
function beingPrepared(sides: Sides, seen: Survey, requested: string | undefined): string | null {
  const withdrawn = withdrawnOf(sides, seen);
  const prepared = sides.idle.find((set) => !withdrawn.includes(set));
  if (prepared === undefined || requested !== undefined) return null;
  const [newer, serving] = [prepared, sides.atFault].map(({ settings }) => nameOf(settings.taskDefinition));
  return `${serving} serves, and ${newer}, which is newer, has no traffic`;
}

type Way = Extract<Choice, { old: unknown }>;

function rungsOf({ taskDefinition, old, settings }: Way): readonly [Rung, ...Rung[]] | null {
  const name = nameOf(taskDefinition);
  const renewed = settings === null ? [] : [newTaskSet(name)];
  if (old !== null) return [switchBack(name), ...renewed];
  return settings === null ? null : [newTaskSet(name)];
}

function readyPlan(
  { taskDefinition, source, old, settings, notes }: Way,
  { name, service }: Survey,
  { atFault, isInFlight }: Sides,
  { runs, blame, named }: History,
  { request }: Plannable,
) {
  const groups =
    old === null ? (settings?.loadBalancers ?? []).map((one) => one.targetGroupArn) : targetGroupsOf(old);
  return {
    source,
    from: named(toRevision(runs)),
    ...(blame.replacedBy !== null && { suspect: named(blame.suspect.revision) }),
    to: toRevision(taskDefinition),
    inFlight: isInFlight,
    watch: watchOf(name, service, groups, request),
    notes: [...emptyNote(service), ...supersededNote(blame), ...notes],
    memo: {
      controller: 'EXTERNAL' as const,
      atFault: atFault.arn,
      createdAt: atFault.createdAt,
      old: old?.arn ?? null,
      settings,
    },
  };
}

function noWay(blame: Blame, notes: readonly string[]): string {
  return notes.length === 0
    ? 'there is no last known good revision: no usable revision is proven, and no older task set is left'
    : noWayFrom(blame, notes);
}
