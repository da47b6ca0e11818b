import type { Claimed } from '../../../../src/rollback/document.ts';
import type { Deployment, Plan, Rung } from '../../../../src/rollback/plan.ts';
import { nameOf, type Service } from '../ecs.ts';
import { checkRequested, toRevision } from '../task-sets/revisions.ts';
import { targetGroupsOf } from '../task-sets/task-sets.ts';
import { watchOf } from '../watch.ts';
import { candidatesOf, choose, type Choice } from './choice.ts';
import type { Clients } from './clients.ts';
import { toJson } from './details.ts';
import { obstacleTo } from './obstacles.ts';
import { isOurs } from './ours.ts';
import { newTaskSet, switchBack } from './rungs.ts';
import type { Sides } from './sides.ts';
import { survey, type Survey } from './survey.ts';

/** Read only. What would be done with a service whose task sets somebody else's controller makes. */
export async function plan(rollback: Claimed, service: Service, clients: Clients): Promise<Plan> {
  const seen = await survey(rollback, service, clients);
  const base = { at: clients.now(), tags: service.tags };
  if (seen.sides === null)
    return { ...base, state: 'no-way-back', reason: 'the service has no primary task set' };
  return planFrom(seen, seen.sides, rollback, clients);
}

async function planFrom(seen: Survey, sides: Sides, rollback: Claimed, clients: Clients): Promise<Plan> {
  const { revision } = rollback.request;
  const base = { at: clients.now(), tags: seen.service.tags, deployment: toDeployment(sides, seen) };
  const running = sides.atFault.settings.taskDefinition;
  if (revision === running)
    return {
      ...base,
      state: 'nothing-to-do',
      reason: `${nameOf(running)} is what ${sides.isInFlight ? 'is being rolled out' : 'runs'}`,
    };
  if (revision !== undefined) await checkRequested(clients.ecs, revision, running);
  const obstacle = obstacleTo(sides.atFault, seen.forwardings);
  if (obstacle !== null) return { ...base, state: 'no-way-back', reason: obstacle };
  const choice = await choose(candidatesOf(seen, sides, revision), seen, sides, clients);
  const ways = choice.taskDefinition === null ? null : rungsOf(choice);
  if (choice.taskDefinition === null || ways === null)
    return { ...base, state: 'no-way-back', reason: noWay(choice.notes) };
  const { tags: fromTags } = await clients.ecs.taskDefinition(running);
  return { ...base, ...wayBack(choice, seen, sides, rollback), fromTags, rungs: ways, state: 'ready' };
}

/** A task set carries no time at which it became primary; the last change of one that is comes nearest to it. */
function toDeployment({ atFault, isInFlight }: Sides, { sets, condemned }: Survey): Deployment {
  const { arn, createdAt, updatedAt, settings } = atFault;
  const tookOver = sets.some(
    (set) => condemned.has(set.settings.taskDefinition) && Date.parse(set.createdAt) > Date.parse(createdAt),
  );
  return {
    id: arn,
    state: isInFlight ? 'in-flight' : 'completed',
    startedAt: createdAt,
    ...(!isInFlight && { finishedAt: updatedAt }),
    revision: toRevision(settings.taskDefinition),
    isRollback: isOurs(atFault) || tookOver,
  };
}

type Way = Extract<Choice, { old: unknown }>;

function rungsOf({ taskDefinition, old, settings }: Way): readonly [Rung, ...Rung[]] | null {
  const name = nameOf(taskDefinition);
  const renewed = settings === null ? [] : [newTaskSet(name)];
  if (old !== null) return [switchBack(name), ...renewed];
  return settings === null ? null : [newTaskSet(name)];
}

function wayBack(
  { taskDefinition, source, old, settings, notes }: Way,
  { name, service }: Survey,
  { atFault }: Sides,
  { request }: Claimed,
) {
  const groups =
    old === null ? (settings?.loadBalancers ?? []).map((one) => one.targetGroupArn) : targetGroupsOf(old);
  return {
    source,
    from: toRevision(atFault.settings.taskDefinition),
    to: toRevision(taskDefinition),
    watch: watchOf(name, service, groups, request),
    notes,
    details: toJson({
      controller: 'EXTERNAL',
      atFault: atFault.arn,
      createdAt: atFault.createdAt,
      old: old?.arn ?? null,
      settings,
    }),
  };
}

function noWay(notes: readonly string[]): string {
  return notes.length === 0
    ? 'there is no last known good revision: none is proven, and no older task set is left'
    : `there is no last known good revision that could be put back: ${notes.join('; ')}`;
}
