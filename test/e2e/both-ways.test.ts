import { describe, expect, test } from 'vitest';
import { readStack } from '@lastgood/embedded-aws/runtime/stack/read.ts';
import { scenarios } from '../../local/scenarios/all.ts';
import { differences } from '../../local/scenarios/both-ways.ts';
import { PARAMETERS } from '../../local/scenarios/stage.ts';
import { workOf } from '../../local/scenarios/work.ts';
import { PACKAGED } from '../../scripts/package.ts';

/**
 * Scenarios that run the built bundles: of every kind and controller, and of every entry and exit. All others call the
 * functions in process; `npm run seeds -- --both` plays all of them both ways.
 */
const CHOSEN = [
  'ecs-errors-in-flight',
  'ecs-errors-after-completion',
  'ecs-codedeploy-linear',
  'ecs-external-completed',
  'ecs-probe',
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
  'ecs-execution-aborted',
  'ecs-question-interrupted',
  'slack-approved',
  'slack-form',
  'storm-none',
  'pause-in-slack',
  'lookout-rolling-errors',
  'report-by-the-command',
  'webhook-alertmanager',
  'events-bus-outage',
  'events-request-of-neighbour',
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
