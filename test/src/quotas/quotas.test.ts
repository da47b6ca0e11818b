import { describe, expect, it } from 'vitest';
import { worldServices } from '@lastgood/embedded-aws/runtime/services.ts';
import { createWorld } from '@lastgood/embedded-aws/world/world.ts';
import { quotaNamed, quotaOf, QUOTAS, reservable } from '../../../src/quotas/quotas.ts';

/** The embedded AWS keeps its own figures, read from AWS's pages apart from Lastgood's. */
const operations = worldServices(createWorld({ seed: 1, start: '2026-11-22T02:00:00.000Z' })).flatMap(
  ({ signingName, operations }) =>
    Object.entries(operations).flatMap(([name, { bucket }]) => {
      const quota = quotaOf(signingName, name);
      return quota === null ? [] : [{ of: `${signingName} ${name}`, quota, bucket }];
    }),
);

describe('a quota', () => {
  it.each(operations)('is the one that the embedded AWS enforces: $of', ({ quota, bucket }) => {
    const { burst, perSecond } = quotaNamed(quota)!;
    expect({ burst, perSecond }).toEqual({ burst: bucket?.burst, perSecond: bucket?.perSecond });
  });

  it.each([
    ['ecs service modify', 5],
    ['elb write', 3],
    ['ecs service read', 18],
    ['elb read', 9],
    ['route53', 3.75],
    ['lambda control plane', 11.25],
  ])('%s may be reserved at %d a second', (name, perSecond) => {
    const quota = quotaNamed(name)!;
    expect(reservable(quota)).toEqual({ ...quota, perSecond });
  });

  it('is of one bucket, and has a call', () => {
    const buckets = Map.groupBy(operations, ({ quota }) => quota);
    for (const { name } of QUOTAS) {
      const names = (buckets.get(name) ?? []).map(({ bucket }) => bucket?.name);
      expect([name, new Set(names).size]).toEqual([name, 1]);
    }
  });

  it('is unknown by another name, and for other calls', () => {
    expect(quotaNamed('ecs service write')).toBeNull();
    expect(quotaOf('dynamodb', 'Query')).toBeNull();
    expect(quotaOf('ecs', 'RunTask')).toBeNull();
    expect(quotaOf('elasticloadbalancing', 'RegisterTargets')).toBeNull();
    expect(quotaOf('monitoring', 'GetMetricData')).toBeNull();
    expect(quotaOf('lambda', 'GetFunction')).toBeNull();
  });
});
