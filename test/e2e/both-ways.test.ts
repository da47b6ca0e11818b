import { expect, test } from 'vitest';
import { scenarios } from '../../local/scenarios/all.ts';
import { differences } from '../../local/scenarios/both-ways.ts';

/** One of each kind, one that fails, one that asks in Slack. `npm run seeds -- --both` plays all of them. */
const CHOSEN = [
  'ecs-errors-after-completion',
  'ecs-stalled-image',
  'slack-approved',
  'codedeploy-errors-in-flight',
  'elb-canary',
  'lambda-canary-in-flight',
  'route53-canary',
  'asg-errors-after-completion',
  'webhook-alertmanager',
  'events-bus-outage',
];

test.each(CHOSEN)('%s goes the same way with the bundles and in process', async (name) => {
  const scenario = scenarios.find((one) => one.name === name);
  expect(scenario, name).toBeDefined();
  expect(await differences(scenario!, 1)).toEqual([]);
});
