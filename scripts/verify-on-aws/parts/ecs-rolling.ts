import { attribute, ref, text } from '../cloudformation.ts';
import { alarm, fargateTasks } from '../prices.ts';
import { countAlarm, errorAlarm, forward, listener, targetGroup } from './behind.ts';
import { address, releaseTasks, service, TASKS, tasksOf } from './ecs-service.ts';
import type { Part } from './part.ts';
import { PORTS } from './shared.ts';
import { BAD, GOOD } from './web.ts';

/** Starts new tasks before it stops old ones. */
const ROLLING = { MaximumPercent: 200, MinimumHealthyPercent: 100 };

export const ecsRolling: Part = {
  name: 'ecs-rolling',
  shows: 'an ECS service on Fargate, rolling: the alarm turns after the deployment',
  shares: ['balancer', 'cluster'],
  resources: {
    RollingGroup: targetGroup('ip'),
    RollingListener: listener(PORTS.rolling, forward({ RollingGroup: 1 })),
    RollingTasks: tasksOf(GOOD),
    RollingService: service({
      taskDefinition: 'RollingTasks',
      after: 'RollingListener',
      targetGroup: 'RollingGroup',
      deployment: ROLLING,
      hasExec: true,
    }),
    RollingCountAlarm: countAlarm('RollingGroup'),
    RollingAlarm: errorAlarm(text('ecs:${Cluster}/${RollingService.Name}'), ['RollingGroup']),
  },
  outputs: {
    RollingService: attribute('RollingService', 'Name'),
    RollingTasks: ref('RollingTasks'),
    RollingGroup: ref('RollingGroup'),
    RollingAlarm: ref('RollingAlarm'),
    RollingCountAlarm: ref('RollingCountAlarm'),
  },
  alarm: 'RollingAlarm',
  priced: [fargateTasks(TASKS), alarm(4)],
  target: (outputs) => `ecs:${outputs('Cluster')}/${outputs('RollingService')}`,
  users: (outputs) => address(outputs, PORTS.rolling),
  release: (clients, outputs) =>
    releaseTasks(clients, outputs, { service: 'RollingService', first: 'RollingTasks', errors: BAD }),
};
