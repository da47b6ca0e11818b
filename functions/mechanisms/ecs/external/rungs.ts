import type { Rung } from '../../../../src/rollback/plan.ts';

export const SWITCH_BACK = 'switch-back';
export const NEW_TASK_SET = 'new-task-set';

/** Covers a few rounds of tasks that start and pass their health checks; no time is needed if all still run. */
const SWITCH_SECONDS = 20 * 60;
const NEW_SECONDS = 30 * 60;

export function switchBack(to: string): Rung {
  return {
    name: SWITCH_BACK,
    does: `give the traffic back to the task set of ${to}, at full scale, and make it primary`,
    withinSeconds: SWITCH_SECONDS,
  };
}

export function newTaskSet(to: string): Rung {
  return {
    name: NEW_TASK_SET,
    does: `start a new task set of ${to}, give it the traffic and make it primary`,
    withinSeconds: NEW_SECONDS,
  };
}
