import { describe, expect, test } from 'vitest';
import { readStack } from '@lastgood/embedded-aws/runtime/stack/read.ts';
import { scenarios } from '../../local/scenarios/all.ts';
import { differences } from '../../local/scenarios/both-ways.ts';
import { PARAMETERS } from '../../local/scenarios/stage.ts';
import { workOf } from '../../local/scenarios/work.ts';
import { PACKAGED } from '../../scripts/package.ts';

/**
 * Scenarios that run the built bundles: each kind and controller once, and each entry and exit. More of them would run
 * the same bundles again. All others call the functions in process; `npm run seeds -- --both` plays all both ways.
 */
const CHOSEN = [
  'ecs-errors-in-flight',
  'ecs-codedeploy-linear',
  'ecs-external-completed',
  'ecs-changes-are-kept',
  'codedeploy-errors-in-flight',
  'asg-errors-after-completion',
  'elb-canary',
  'lambda-canary-in-flight',
  'pipeline-requested',
  'apigateway-canary-in-flight',
  'cloudformation-in-flight',
  'external-done',
  'lattice-canary',
  'route53-canary',
  'ecs-stalled-image',
  'slack-form',
  'storm-none',
  'report-by-the-command',
  'webhook-alertmanager',
];

describe('with the bundles and in process', () => {
  const invoked = new Set<string>();

  test.each(CHOSEN)('%s goes the same way', async (name) => {
    const scenario = scenarios.find((one) => one.name === name);
    expect(scenario, name).toBeDefined();
    const different = await differences(scenario!, 1, ({ runtime }) => {
      for (const { function: of } of workOf(runtime)) invoked.add(of);
    });
    expect(different).toEqual([]);
  });

  test('the chosen scenarios run the bundle of every function', () => {
    const all = readStack(PACKAGED, '.', PARAMETERS).functions.map(({ name }) => name);
    expect(all.filter((name) => !invoked.has(name))).toEqual([]);
  });
});
