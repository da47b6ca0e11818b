import { explained } from '../../../../src/rollback/explained.ts';
import { noWayBack } from '../../../../src/rollback/no-way-back.ts';
import type { Plannable } from '../../../../src/rollback/document.ts';
import { isAfter } from '../../../../src/rollback/time.ts';
import { supersededNote } from '../../../../src/rollback/needless.ts';
import type { Plan, Rung } from '../../../../src/rollback/plan.ts';
import { noWayFrom, withoutWay, type Blame } from '../blame.ts';
import type { Begun } from '../controller.ts';
import { definitionsOf } from '../definitions.ts';
import { nameOf } from '../ecs.ts';
import { looksAt } from '../images.ts';
import { metersOf } from '../meters.ts';
import {
  definitionsToRead,
  doubtOf,
  historyOf,
  readBy,
  settledAlready,
  type History,
} from '../task-sets/history.ts';
import { checkRequested, revisionOf, toRevision } from '../task-sets/revisions.ts';
import { targetGroupsOf, toSide, type TaskSet } from '../task-sets/task-sets.ts';
import { astray, leftAlone } from '../traffic/astray.ts';
import { traitsOfBoth } from '../traits.ts';
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
export async function plan(rollback: Plannable, begun: Begun, clients: Clients): Promise<Plan<Memo>> {
  const seen = await survey(rollback, begun, clients);
  const base = { at: clients.now(), tags: seen.service.tags };
  if (seen.sides === null) return { ...base, ...noWayBack('the service has no primary task set') };
  const reads = { definitions: definitionsOf(clients.ecs), looks: looksAt(clients.registry) };
  return planFrom(base, seen, seen.sides, rollback, reads);
}

async function planFrom(
  base: Pick<Plan, 'at' | 'tags'>,
  seen: Survey,
  sides: Sides,
  rollback: Plannable,
  reads: Reads,
): Promise<Plan<Memo>> {
  const { definitions } = reads;
  const { revision } = rollback.request;
  const running = sides.atFault.settings.taskDefinition;
  const before = historyFrom(seen, sides, rollback, reads);
  const likely = candidatesOf(seen, sides, before, revision).map((one) => one.taskDefinition);
  await definitions.read(definitionsToRead(before, likely, revision, seen.entries));
  const history = historyFrom(seen, sides, rollback, reads);
  const { recent, blame } = history;
  const facts = {
    ...{ ...base, ...nextOf(sides, seen) },
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
  if (revision !== undefined) checkRequested(definitions, revision, running);
  const candidates = candidatesOf(seen, sides, history, revision);
  const isAstray = astrayIn(seen, sides);
  if (isAstray !== null && revision === undefined) return { ...facts, ...leftAlone(isAstray) };
  const settled =
    settledAlready(
      history,
      candidates.map((one) => one.taskDefinition),
      seen.proven,
      rollback,
    ) ?? (revision === undefined ? beingPrepared(sides, facts) : null);
  if (settled !== null) return { ...facts, state: 'nothing-to-do', reason: settled };
  const obstacle = obstacleTo(sides.atFault, seen.forwardings);
  if (obstacle !== null) return { ...facts, ...withoutWay(blame, recent, obstacle) };
  const others = candidates.filter(({ taskDefinition }) => taskDefinition !== running);
  const choice = noting(isAstray, await choose(others, seen, sides, reads));
  const ways = choice.taskDefinition === null ? null : rungsOf(choice);
  if (choice.taskDefinition === null || ways === null)
    return { ...facts, ...withoutWay(blame, recent, noWay(blame, choice.notes, rollback)) };
  const found = {
    ...facts,
    ...readyPlan(choice, seen, sides, history, rollback),
    ...readBy(history, definitions),
  };
  const [runs, to] = [revisionOf(history.runs, definitions), revisionOf(choice.taskDefinition, definitions)];
  return {
    ...explained(found, traitsOfBoth(runs, to, definitions)),
    ...doubtOf({ ...choice, to }, history, seen.entries, definitions),
    rungs: ways,
    state: 'ready',
  };
}

function noting(first: string | null, choice: Choice): Choice {
  return first === null ? choice : { ...choice, notes: [first, ...choice.notes] };
}

/** Returns why users reach no task set, or null. A listener that leads to none of them was changed by another tool. */
function astrayIn({ sets, forwardings }: Survey, { atFault }: Sides): string | null {
  const serving = [...new Set(sets.flatMap(targetGroupsOf))];
  return forwardings.length === 0
    ? null
    : astray({ forwardings, serving, isOwn: () => false, runs: nameOf(atFault.settings.taskDefinition) });
}

function historyFrom(
  { sets, entries, condemned }: Survey,
  sides: Sides,
  rollback: Plannable,
  { definitions }: Reads,
): History {
  return historyOf(
    { runs: sides.atFault.settings.taskDefinition, entries },
    sets.map(({ settings }) => settings.taskDefinition),
    (contents) => recentOf(sides, { entries, condemned, contents }),
    rollback,
    definitions,
  );
}

/** Returns the revision of a newer task set that never served. */
function nextOf(sides: Sides, seen: Survey): Pick<Plan, 'next'> {
  const withdrawn = withdrawnOf(sides, seen);
  const prepared = sides.idle.find((set) => !withdrawn.includes(set));
  return prepared === undefined ? {} : { next: toRevision(prepared.settings.taskDefinition) };
}

/** Returns why such a task set blocks the rollback, or null: it may be the fix of its own controller. */
function beingPrepared({ atFault }: Sides, { next }: Pick<Plan, 'next'>): string | null {
  if (next === undefined) return null;
  return `${nameOf(atFault.settings.taskDefinition)} serves, and ${next.name}, which is newer, has no traffic`;
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
  { name, service, forwardings }: Survey,
  { atFault, idle, isInFlight }: Sides,
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
      createdAt: source === 'request' ? newestOf(atFault, idle) : atFault.createdAt,
      old: old?.arn ?? null,
      places: forwardings.map(({ arn, shownBy }) => ({ arn, shownBy })),
      settings,
    },
  };
}

/** A requested revision may be that of a task set that was withdrawn. What exists now has not taken over since. */
function newestOf({ createdAt }: TaskSet, idle: readonly TaskSet[]): string {
  const [newest] = idle;
  return newest !== undefined && isAfter(newest.createdAt, createdAt) ? newest.createdAt : createdAt;
}

function noWay(blame: Blame, notes: readonly string[], rollback: Plannable): string {
  return notes.length === 0 && rollback.request.revision === undefined
    ? 'there is no last known good revision: no usable revision is proven, and no older task set is left'
    : noWayFrom(blame, notes, rollback);
}
