import { AddTagsCommand, ModifyListenerCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { ref, text, type Resource } from '../cloudformation.ts';
import { alarm, fargateTasks } from '../prices.ts';
import { FOR_LASTGOOD, THROW_AWAY } from '../tags.ts';
import { errorAlarm, forward, listener, targetGroup } from './behind.ts';
import { address, service, tasksOf } from './ecs-service.ts';
import type { Part } from './part.ts';
import { PORTS } from './shared.ts';
import { BAD, GOOD } from './web.ts';

const ROLLING = { MaximumPercent: 200, MinimumHealthyPercent: 100 };

/** Returns one side: a service of its own behind a target group, which no target of Lastgood names. */
function side(name: 'Even' | 'Odd', errors: number): Readonly<Record<string, Resource>> {
  const settings = {
    taskDefinition: `${name}Tasks`,
    after: 'WeightsListener',
    targetGroup: `${name}Group`,
    deployment: ROLLING,
    tasks: 1,
  };
  return {
    [`${name}Group`]: targetGroup('ip'),
    [`${name}Tasks`]: tasksOf(errors),
    [`${name}Service`]: service(settings),
  };
}

export const elbWeights: Part = {
  name: 'elb-weights',
  shows: 'a listener with two weighted target groups: all requests move to the bad one',
  shares: ['balancer', 'cluster'],
  resources: {
    ...side('Even', GOOD),
    ...side('Odd', BAD),
    WeightsListener: listener(PORTS.weights, forward({ EvenGroup: 100, OddGroup: 0 })),
    WeightsAlarm: errorAlarm(text('elb:${WeightsListener}'), ['EvenGroup', 'OddGroup']),
  },
  outputs: {
    WeightsListener: ref('WeightsListener'),
    EvenGroup: ref('EvenGroup'),
    OddGroup: ref('OddGroup'),
    WeightsAlarm: ref('WeightsAlarm'),
  },
  alarm: 'WeightsAlarm',
  priced: [fargateTasks(2), alarm(5)],
  target: (outputs) => `elb:${outputs('WeightsListener')}`,
  users: (outputs) => address(outputs, PORTS.weights),
  // A template has no tags for listeners:
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-listener.html
  prepare: async ({ elb }, outputs) => {
    const Tags = Object.entries({ ...FOR_LASTGOOD, ...THROW_AWAY }).map(([Key, Value]) => ({ Key, Value }));
    await elb.send(new AddTagsCommand({ ResourceArns: [outputs('WeightsListener')], Tags }));
  },
  release: async ({ elb }, outputs) => {
    const TargetGroups = [
      { TargetGroupArn: outputs('EvenGroup'), Weight: 0 },
      { TargetGroupArn: outputs('OddGroup'), Weight: 100 },
    ];
    await elb.send(
      new ModifyListenerCommand({
        ListenerArn: outputs('WeightsListener'),
        DefaultActions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }],
      }),
    );
  },
};
