import { attribute, ref, text } from '../cloudformation.ts';
import { alarm, fargateTasks } from '../prices.ts';
import { errorAlarm, forward, listener, targetGroup } from './behind.ts';
import { address, goodTasks, releaseTasks, service, TASKS } from './ecs-service.ts';
import type { Part } from './part.ts';
import { PORTS } from './shared.ts';

/** Starts new tasks before it stops old ones. */
const ROLLING = { MaximumPercent: 200, MinimumHealthyPercent: 100 };

export const ecsRolling: Part = {
  name: 'ecs-rolling',
  shows: 'an ECS service on Fargate, rolling: the alarm turns after the deployment',
  shares: ['balancer', 'cluster'],
  resources: {
    RollingGroup: targetGroup('ip'),
    RollingListener: listener(PORTS.rolling, forward({ RollingGroup: 1 })),
    RollingTasks: goodTasks(),
    RollingService: service({
      taskDefinition: 'RollingTasks',
      after: 'RollingListener',
      targetGroup: 'RollingGroup',
      deployment: ROLLING,
    }),
    RollingAlarm: errorAlarm(text('ecs:${Cluster}/${RollingService.Name}'), ['RollingGroup']),
  },
  outputs: {
    RollingService: attribute('RollingService', 'Name'),
    RollingTasks: ref('RollingTasks'),
    RollingGroup: ref('RollingGroup'),
    RollingAlarm: ref('RollingAlarm'),
  },
  alarm: 'RollingAlarm',
  priced: [fargateTasks(TASKS), alarm(3)],
  target: (outputs) => `ecs:${outputs('Cluster')}/${outputs('RollingService')}`,
  users: (outputs) => address(outputs, PORTS.rolling),
  release: (clients, outputs) =>
    releaseTasks(clients, {
      cluster: outputs('Cluster'),
      service: outputs('RollingService'),
      good: outputs('RollingTasks'),
    }),
};
