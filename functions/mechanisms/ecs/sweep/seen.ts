import { isTooYoung, sideInFlight, stalledOf, type Reads } from '../progress/stalled.ts';
import { arrivingSide, type Side } from '../progress/side.ts';
import type { Rota } from '../../../../src/aws/rota.ts';
import type { Instant } from '../../../../src/rollback/request.ts';
import type { ObservedDeployment, Seen, Unit } from '../../../../src/targets/kind.ts';
import type { CodeDeploy } from '../code-deploy/code-deploy.ts';
import type { DescribedService } from '../services.ts';
import { isStaying } from '../supported.ts';
import { leftOverIn, recentDeployments } from '../task-sets/reconcile.ts';

export interface Seeing extends Omit<Reads, 'taskSets'> {
  readonly codeDeploy: Pick<CodeDeploy, 'deployment'>;
  /** Of the reads of tasks. */
  readonly tasksTurns: Rota;
  /** Of the reads of deployments of CodeDeploy. */
  readonly leftOverTurns: Rota;
}

/**
 * Returns what a page shows of a service: its task sets, and whether a rollout is in flight. Events report the results
 * of ECS's own deployments, which EventBridge delivers durably. So a service at rest needs no more than its page.
 * https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-ecs.html
 */
export function seenOf(unit: Unit, described: DescribedService, seeing: Seeing): readonly Seen[] {
  const { name, service, sets } = described;
  if (!isStaying(service)) return [];
  const side = sideInFlight(service, sets);
  const isMoving = (side !== null && !isUpThoughStateless(side, described)) || leftOverIn(sets) !== null;
  return [
    {
      unit,
      target: `ecs:${name.cluster}/${name.service}`,
      content: JSON.stringify([
        side?.id ?? '',
        sets.map(({ arn, isPrimary, isSteady, updatedAt }) => [arn, isPrimary, isSteady, updatedAt]),
      ]),
      isMoving,
      observed: ({ at }) => observedAt(described, side, at, seeing),
    },
  ];
}

/** Says whether a rollout without a state runs all its tasks: it may have ended long ago. */
function isUpThoughStateless({ id, running, wanted }: Side, { service }: DescribedService): boolean {
  const rollout = service.rollouts.find((one) => one.id === id);
  return rollout !== undefined && rollout.state === undefined && running >= wanted;
}

async function observedAt(
  { name, service, sets }: DescribedService,
  side: Side | null,
  at: Instant,
  seeing: Seeing,
): Promise<readonly ObservedDeployment[]> {
  const target = `ecs:${name.cluster}/${name.service}`;
  const asksCodeDeploy = leftOverIn(sets) !== null && seeing.leftOverTurns.isTurnOf(target, 1, at);
  const codeDeploy = asksCodeDeploy ? seeing.codeDeploy : NOT_ASKED;
  const recent = await recentDeployments(sets, name, codeDeploy);
  const hasFailed = recent.some(({ state }) => state === 'failed');
  const began = hasFailed ? null : (side ?? arrivingSide(sets));
  const known = [...recent, ...(began === null ? [] : [beganAs(target, began, at)])];
  if (side === null || isTooYoung(side, at) || !seeing.tasksTurns.isTurnOf(target, callsFor(side), at))
    return known;
  const reads = { ...seeing, taskSets: { of: () => Promise.resolve(sets) } };
  const stalled = await stalledOf(name, service, reads, sets);
  return [...known, ...(stalled === null ? [] : [stalled])];
}

/** Returns the deployment in flight, whose event may have been lost. CodeDeploy sends its events as best effort. */
function beganAs(target: string, { id, since }: Side, at: Instant): ObservedDeployment {
  return { target, deployment: id, state: 'started', at: since === '' ? at : since, reason: '' };
}

const NOT_ASKED: Seeing['codeDeploy'] = { deployment: () => Promise.resolve(null) };

/** Returns the most calls of `tasksBeside`: a list and a page of tasks for each status. */
function callsFor({ running }: Side): number {
  return running === 0 ? 2 : 4;
}
