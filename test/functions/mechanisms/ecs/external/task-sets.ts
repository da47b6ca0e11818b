import type { TaskSet } from '../../../../../functions/mechanisms/ecs/task-sets/task-sets.ts';
import type { Tagged } from '../../../../../functions/mechanisms/ecs/traffic/balancer.ts';

export const AT = '2026-11-22T03:00:00.000Z';

/** Returns a task set at full scale behind target groups. */
export function setBehind(groups: string | readonly string[], more: Partial<TaskSet> = {}): TaskSet {
  const behind = [groups].flat();
  return {
    arn: `set-${behind.join('-')}`,
    id: 'ecs-svc/2',
    isPrimary: false,
    externalId: null,
    createdAt: AT,
    updatedAt: AT,
    scale: 100,
    wanted: 4,
    pending: 0,
    running: 4,
    isSteady: true,
    tags: {},
    settings: {
      taskDefinition: 'checkout:1',
      loadBalancers: behind.map((targetGroupArn) => ({ targetGroupArn })),
    },
    ...more,
  };
}

/** Returns a rule that divides the traffic by weight. */
export function sends(weights: Readonly<Record<string, number>>, arn = 'rule'): Tagged {
  const TargetGroups = Object.entries(weights).map(([TargetGroupArn, Weight]) => ({
    TargetGroupArn,
    Weight,
  }));
  return {
    arn,
    shownBy: arn,
    tags: { lastgood: 'auto' },
    actions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }],
  };
}
