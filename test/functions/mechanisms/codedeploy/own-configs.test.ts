import { describe, expect, it } from 'vitest';
import { CodeDeployWorld } from '@lastgood/embedded-aws/test/world/codedeploy-world.ts';
import { wanted } from '../../../contract/walk.ts';
import { stage, TARGET } from './stage.ts';

async function planUnder(type: 'HOST_COUNT' | 'FLEET_PERCENT', value: number) {
  const world = new CodeDeployWorld({ deploymentConfigName: 'ours' });
  world.call('CreateDeploymentConfig', {
    deploymentConfigName: 'ours',
    minimumHealthyHosts: { type, value },
  });
  for (const name of ['v1', 'v2']) {
    world.deploy(name);
    await world.ended();
  }
  const { mechanism, calls } = stage(world);
  const { recent = [] } = await mechanism.plan(wanted(TARGET));
  return { taking: recent.map(({ takesAll = false }) => takesAll), calls };
}

describe("a deployment under a configuration of the user's own", () => {
  it.each([
    ['HOST_COUNT', 0, true],
    ['FLEET_PERCENT', 0, true],
    ['HOST_COUNT', 1, false],
    ['FLEET_PERCENT', 50, false],
  ] as const)('that keeps %s %d takes every instance out of service: %s', async (type, value, takesAll) => {
    const { taking, calls } = await planUnder(type, value);
    expect(taking).toEqual([takesAll, takesAll]);
    expect(calls.filter((call) => call === 'GetDeploymentConfig')).toHaveLength(1);
  });
});
