import { attribute, ref, text } from '../cloudformation.ts';
import { alarm, fargateTasks } from '../prices.ts';
import { errorAlarm, forward, listener, targetGroup } from './behind.ts';
import { address, releaseTasks, service, TASKS, tasksOf } from './ecs-service.ts';
import type { Part } from './part.ts';
import { role } from './roles.ts';
import { PORTS } from './shared.ts';
import { BAD, GOOD } from './web.ts';

/** Long enough for an alarm of two minutes to turn while both sides run. */
const BAKE_MINUTES = 10;

export const ecsBlueGreen: Part = {
  name: 'ecs-blue-green',
  shows: "an ECS service with ECS's own blue/green: the alarm turns while the deployment bakes",
  shares: ['balancer', 'cluster'],
  resources: {
    BlueGroup: targetGroup('ip'),
    GreenGroup: targetGroup('ip'),
    BlueGreenListener: listener(PORTS.blueGreen, {
      Type: 'fixed-response',
      FixedResponseConfig: { StatusCode: '404' },
    }),
    BlueGreenRule: {
      Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
      Properties: {
        ListenerArn: ref('BlueGreenListener'),
        Priority: 1,
        Conditions: [{ Field: 'path-pattern', Values: ['/*'] }],
        Actions: [forward({ BlueGroup: 1, GreenGroup: 0 })],
      },
    },
    BlueGreenRole: role('ecs.amazonaws.com', ['AmazonECSInfrastructureRolePolicyForLoadBalancers']),
    BlueGreenTasks: tasksOf(GOOD),
    BlueGreenService: service({
      taskDefinition: 'BlueGreenTasks',
      after: 'BlueGreenRule',
      targetGroup: 'BlueGroup',
      deployment: { Strategy: 'BLUE_GREEN', BakeTimeInMinutes: BAKE_MINUTES },
      advanced: {
        AlternateTargetGroupArn: ref('GreenGroup'),
        ProductionListenerRule: ref('BlueGreenRule'),
        RoleArn: attribute('BlueGreenRole', 'Arn'),
      },
    }),
    BlueGreenAlarm: errorAlarm(text('ecs:${Cluster}/${BlueGreenService.Name}'), ['BlueGroup', 'GreenGroup']),
  },
  outputs: {
    BlueGreenService: attribute('BlueGreenService', 'Name'),
    BlueGreenTasks: ref('BlueGreenTasks'),
    BlueGreenAlarm: ref('BlueGreenAlarm'),
  },
  alarm: 'BlueGreenAlarm',
  // Both sides run for some minutes only.
  priced: [fargateTasks(TASKS), alarm(5)],
  target: (outputs) => `ecs:${outputs('Cluster')}/${outputs('BlueGreenService')}`,
  users: (outputs) => address(outputs, PORTS.blueGreen),
  release: (clients, outputs) =>
    releaseTasks(clients, outputs, { service: 'BlueGreenService', first: 'BlueGreenTasks', errors: BAD }),
};
