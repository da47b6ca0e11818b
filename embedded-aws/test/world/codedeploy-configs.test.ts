import { describe, expect, it } from 'vitest';
import { stepsOf } from '../../world/codedeploy/lambda/configs.ts';
import { leastHealthy, PREDEFINED, type MinimumHealthy } from '../../world/codedeploy/server/configs.ts';

describe('how an alias is shifted', () => {
  it.each([
    ['LambdaAllAtOnce', [[1, 100]]],
    [
      'LambdaCanary10Percent5Minutes',
      [
        [1, 10],
        [300, 100],
      ],
    ],
    [
      'LambdaLinear10PercentEvery1Minute',
      Array.from({ length: 10 }, (_, i) => [i === 0 ? 1 : 60, 10 * (i + 1)]),
    ],
  ])('%s', (name, steps) => {
    const found = stepsOf(`CodeDeployDefault.${name}`);
    expect(found.map(({ afterSeconds, percent }) => [afterSeconds, percent])).toEqual(steps);
  });

  it('refuses a configuration that is not modelled', () => {
    expect(() => stepsOf('Mine')).toThrow('Mine');
  });
});

describe('how many instances stay healthy', () => {
  it.each([
    ['AllAtOnce', 5, 0],
    ['HalfAtATime', 5, 3],
    ['OneAtATime', 5, 4],
    ['OneAtATime', 0, 0],
  ])('%s of %d: %d', (name, instances, healthy) => {
    const minimum = PREDEFINED[`CodeDeployDefault.${name}`];
    expect(minimum && leastHealthy(minimum, instances)).toBe(healthy);
  });

  it.each<[MinimumHealthy, number]>([
    [{ type: 'HOST_COUNT', value: 2 }, 2],
    [{ type: 'FLEET_PERCENT', value: 30 }, 2],
    [{ type: 'FLEET_PERCENT', value: 0 }, 0],
  ])('%j of 5: %d', (minimum, healthy) => {
    expect(leastHealthy(minimum, 5)).toBe(healthy);
  });
});
