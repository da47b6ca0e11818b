import type { Task } from '../tasks/task.ts';
import type { Census } from './census.ts';

export interface Rolling {
  readonly desired: number;
  /** Minimum number of healthy tasks. */
  readonly minHealthy: number;
  /** Maximum number of tasks starting or running, all rollouts together. */
  readonly maxTasks: number;
  /** Tasks of the rollout in progress, and of all others. */
  readonly lead: Census;
  readonly old: Census;
  readonly mayLaunch: boolean;
}

export interface Steps {
  readonly launch: number;
  readonly stop: readonly Task[];
  /** The percentages allow neither a start nor a stop, and no change in flight can help. */
  readonly blocked: boolean;
}

/**
 * Returns the scheduler's next step in a rolling deployment, or in keeping a service as it is.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
export function planRolling(rolling: Rolling): Steps {
  const { desired, maxTasks, lead, old } = rolling;
  const fit = [...lead.waiting, ...lead.healthy];
  const missing = Math.max(0, desired - fit.length);
  const room = Math.max(0, maxTasks - size(lead) - size(old));
  const launch = rolling.mayLaunch ? Math.min(missing, room) : 0;
  const surplus = fit.slice(0, Math.max(0, fit.length - desired));
  const sick = condemnedToStop(rolling, room);
  const stop = [...surplus, ...sick, ...old.waiting, ...oldToStop(rolling, missing - launch, room)];
  const still = launch === 0 && stop.length === 0 && lead.waiting.length === 0;
  return { launch, stop, blocked: still && missing > 0 && room === 0 };
}

/**
 * Returns the unhealthy tasks to stop. ECS starts a replacement first if there is room; otherwise it stops them one by
 * one.
 */
function condemnedToStop({ desired, lead, old }: Rolling, room: number): readonly Task[] {
  const condemned = [...old.condemned, ...lead.condemned];
  const replaced = lead.healthy.length + old.healthy.length >= desired;
  return replaced ? condemned : room === 0 ? condemned.slice(0, 1) : [];
}

/** Returns the old tasks to stop: those that new ones replace or, without room for new ones, all above the minimum. */
function oldToStop(
  { desired, minHealthy, lead, old }: Rolling,
  missing: number,
  room: number,
): readonly Task[] {
  const healthy = lead.healthy.length + old.healthy.length;
  const replaced = healthy - Math.max(desired, minHealthy);
  const forRoom = missing > 0 && room === 0 ? Math.min(missing, healthy - minHealthy) : 0;
  return old.healthy.slice(0, Math.max(0, replaced, forRoom));
}

function size({ healthy, waiting, condemned }: Census): number {
  return healthy.length + waiting.length + condemned.length;
}
