import { emitServiceAction } from './events.ts';
import { say } from './messages.ts';
import type { Rollout, Service } from './model.ts';
import { now, type EcsState } from './state.ts';

/** Seconds added per failure. AWS says "incrementally increased" and names no step; 20 is assumed. */
const STEP_SECONDS = 20;
const MAX_DELAY_SECONDS = 27 * 60;
/** Failures in a row from which the service reports it. AWS names no number. Unknown: impaired-start-count. */
const IMPAIRED_AFTER = 3;

/**
 * Spaces out the launches of a rollout whose tasks stop before they are RUNNING. Tasks that stop later are replaced at
 * once. A new task definition is another rollout, so its count starts at zero.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-throttle-logic.html
 */
export function holdLaunches(ecs: EcsState, service: Service, rollout: Rollout): void {
  rollout.startFailures++;
  const seconds = Math.min(rollout.startFailures * STEP_SECONDS, MAX_DELAY_SECONDS);
  rollout.launchNotBefore = now(ecs).getTime() + seconds * 1000;
  if (rollout.startFailures !== IMPAIRED_AFTER) return;
  say(ecs, service, 'is unable to consistently start tasks successfully.');
  emitServiceAction(ecs, service, 'SERVICE_TASK_START_IMPAIRED');
}

export function mayLaunch(ecs: EcsState, rollout: Rollout): boolean {
  return rollout.rolloutState !== 'FAILED' && now(ecs).getTime() >= rollout.launchNotBefore;
}
