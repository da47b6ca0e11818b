import { expect, test } from 'vitest';
import { scenarioCost } from '../../local/bench/scenarios.ts';
import { scenarios } from '../../local/scenarios/all.ts';
import type { Scenario } from '../../local/scenarios/scenario.ts';

test('the path to the first write has one invocation for each verb', async () => {
  const { path } = await scenarioCost(named('ecs-errors-after-completion'));
  expect(path?.states.map(({ name, invocation }) => [name, invocation?.function])).toContainEqual([
    'Claim',
    'lastgood-prod-guard',
  ]);
});

test.each([
  ['Lambda throttled, so that states were retried', 'ecs-throttled'],
  ['another execution was refused beside it', 'ecs-weaker-alarm-first'],
])('no path is taken where %s', async (_, name) => {
  const { path, orchestrationMs } = await scenarioCost(named(name));
  expect(path).toBeNull();
  expect(orchestrationMs).toBeGreaterThan(0);
});

test('a scenario that does not end as it must has no cost', async () => {
  const scenario = named('ecs-errors-after-completion');
  const wrong: Scenario = { ...scenario, ends: { ...scenario.ends, outcome: 'failed-dirty' } };
  await expect(scenarioCost(wrong)).rejects.toThrow('ecs-errors-after-completion: ');
});

function named(name: string): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (found === undefined) throw new Error(`no scenario ${name}`);
  return found;
}
