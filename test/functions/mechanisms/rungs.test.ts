import { expect, test } from 'vitest';
import { rungsOf as asg } from '../../../functions/mechanisms/asg/rungs.ts';
import { rungsOf as codedeploy } from '../../../functions/mechanisms/codedeploy/rungs.ts';
import { rungsOf as ecsByCodeDeploy } from '../../../functions/mechanisms/ecs/code-deploy/rungs.ts';
import { newTaskSet, switchBack } from '../../../functions/mechanisms/ecs/external/rungs.ts';
import { rungsOf as ecs } from '../../../functions/mechanisms/ecs/rungs.ts';
import { rungsOf as elb } from '../../../functions/mechanisms/elb/rungs.ts';
import { joiningRungs, rungsOf as lambda } from '../../../functions/mechanisms/lambda/rungs.ts';
import { rungsOf as lattice } from '../../../functions/mechanisms/lattice/rungs.ts';
import type { Rung } from '../../../src/rollback/plan.ts';

const growth = { targetGroup: 'blue', group: 'web', to: 4, from: 1 } as unknown as Parameters<
  typeof elb
>[1][number];

test.each<[string, readonly Rung[], readonly number[]]>([
  ['Auto Scaling', asg(['native', 'refresh'], 'v1', false), [45, 40]],
  ['Auto Scaling by root volumes', asg(['native', 'refresh'], 'v1', true), [45, 45]],
  ['CodeDeploy on instances', codedeploy(['native', 'redeploy'], 'v1', 'Server'), [60, 60]],
  ['CodeDeploy on Lambda', codedeploy(['native', 'redeploy'], 'v1', 'Lambda'), [5, 5]],
  ['ECS', ecs(['native', 'redeploy'], 'v1', 0), [20, 30]],
  ['ECS with ten minutes to bake', ecs(['native', 'redeploy'], 'v1', 600), [20, 40]],
  ['CodeDeploy on ECS', ecsByCodeDeploy(['native', 'redeploy'], 'v1'), [15, 30]],
  ['ECS with an external controller', [switchBack('v1'), newTaskSet('v1')], [20, 30]],
  ['a load balancer', elb('v1', []), [5]],
  ['a load balancer behind which a group grows', elb('v1', [growth]), [20]],
  ['VPC Lattice', lattice('v1'), [6]],
  ['a Lambda alias', lambda('live', '1'), [15]],
  ['a Lambda alias that is being provisioned', joiningRungs('live', '1'), [15]],
])('the rungs of %s have their time in minutes', (_, rungs, minutes) => {
  expect(rungs.map(({ withinSeconds }) => withinSeconds / 60)).toEqual(minutes);
});
