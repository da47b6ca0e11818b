import { DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs';
import { afterEach, expect, it } from 'vitest';
import { Latency } from '../../wire/timing.ts';
import { Random } from '../../world/random.ts';
import { operation, running, service, type Running } from './fakes.ts';

let on: Running | undefined;
afterEach(async () => on?.wire.close());

it('happens at the instant of its caller, and reports its duration', async () => {
  const seen: (readonly [string, number])[] = [];
  on = await running([service('ecs', { DescribeServices: operation({}) })], {
    timing: {
      begin: () => Date.parse('2026-11-22T04:05:06.007Z'),
      end: (role, ms) => void seen.push([role, ms]),
    },
  });
  const ecs = new ECSClient(on.client('guard'));
  await ecs.send(new DescribeServicesCommand({ services: [] })).catch(() => undefined);
  expect(on.wire.calls).toMatchObject([{ at: '2026-11-22T04:05:06.007Z', role: 'guard' }]);
  expect(seen).toHaveLength(1);
  expect(seen[0]?.[0]).toBe('guard');
  expect(seen[0]?.[1]).toBeGreaterThan(0);
});

it('takes 30 ms in the middle and rarely much longer', () => {
  const latency = new Latency(new Random(1));
  const sorted = Array.from({ length: 2_000 }, () => latency.sample('guard', 'ecs', 'DescribeServices')).sort(
    (a, b) => a - b,
  );
  expect(sorted[1_000]).toBeGreaterThan(27);
  expect(sorted[1_000]).toBeLessThan(33);
  expect(sorted[1_980]).toBeLessThan(150);
  expect(sorted[0]).toBeGreaterThan(0);
});

it('depends on the seed and on who calls what, not on whose call came first', () => {
  const one = new Latency(new Random(3));
  const other = new Latency(new Random(3));
  const first = [one.sample('a', 'ecs', 'X'), one.sample('b', 'ecs', 'X')];
  const second = [other.sample('b', 'ecs', 'X'), other.sample('a', 'ecs', 'X')];
  expect(second).toEqual(first.reverse());
});
