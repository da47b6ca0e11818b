import { DescribeServicesCommand, ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { Throttle } from '../../wire/throttle.ts';
import { Clock } from '../../world/clock.ts';
import type { Bucket } from '../../world/service.ts';
import { awsError, NOW, operation, running, service, type Running } from './fakes.ts';

let on: Running | undefined;
afterEach(async () => on?.wire.close());

const bucket: Bucket = { name: 'ServiceReads', burst: 2, perSecond: 0.5, error: 'ThrottlingException' };

async function reads() {
  on = await running([
    service('ecs', { DescribeServices: operation({}, { bucket }), UpdateService: operation({}, { bucket }) }),
  ]);
  const { wire, clock } = on;
  const ecs = new ECSClient(on.client());
  const call = async (): Promise<string> =>
    ecs.send(new DescribeServicesCommand({ services: ['x'] })).then(
      () => 'answered',
      (error: unknown) => (error as Error).name,
    );
  return { wire, clock, ecs, call, pass: (ms: number) => clock.run(() => false, clock.now() + ms) };
}

const CALL = { role: 'guard', service: 'ecs', operation: 'DescribeServices' };

describe('a bucket', () => {
  it('lets a burst through, then refills on the virtual clock', async () => {
    const { call, pass } = await reads();
    expect([await call(), await call(), await call()]).toEqual([
      'answered',
      'answered',
      'ThrottlingException',
    ]);
    await pass(1_999);
    expect(await call()).toBe('ThrottlingException');
    await pass(1);
    expect([await call(), await call()]).toEqual(['answered', 'ThrottlingException']);
  });

  it('is shared by the operations that name it', async () => {
    const { call, ecs } = await reads();
    await ecs.send(new UpdateServiceCommand({ service: 'x' }));
    expect([await call(), await call()]).toEqual(['answered', 'ThrottlingException']);
  });

  it('can be drained and shrunk by a scenario', async () => {
    const { wire, call, pass } = await reads();
    wire.disturb.drain('ecs', 'ServiceReads');
    expect(await call()).toBe('ThrottlingException');
    await pass(2_000);
    expect(await call()).toBe('answered');
    const end = wire.disturb.shrink('ecs', 'ServiceReads', { burst: 1, perSecond: 0.01 });
    await pass(10_000);
    expect(await call()).toBe('ThrottlingException');
    await pass(90_000);
    expect([await call(), await call()]).toEqual(['answered', 'ThrottlingException']);
    end();
    await pass(4_000);
    expect([await call(), await call()]).toEqual(['answered', 'answered']);
  });

  it('never lets more through than its burst and what came in since', () => {
    const calls = fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 200 });
    fc.assert(
      fc.property(calls, (gaps) => {
        const throttle = new Throttle(new Clock(NOW));
        let now = Date.parse(NOW);
        const start = now;
        let admitted = 0;
        for (const gap of gaps) {
          now += gap;
          try {
            throttle.admit(CALL, bucket, now);
            admitted++;
          } catch {
            // Throttled: it consumed no token.
          }
        }
        expect(admitted).toBeLessThanOrEqual(bucket.burst + ((now - start) / 1000) * bucket.perSecond + 1e-6);
      }),
    );
  });
});

describe('a scenario', () => {
  it('makes an operation fail so many times', async () => {
    const { wire, call } = await reads();
    wire.disturb.fail(
      { service: 'ecs', operation: 'DescribeServices', error: awsError('ServerException', 'try later') },
      2,
    );
    expect([await call(), await call(), await call()]).toEqual([
      'ServerException',
      'ServerException',
      'answered',
    ]);
    expect(wire.calls.map(({ allowed }) => allowed)).toEqual([true, true, true]);
  });

  it('lets it heal', async () => {
    const { wire, call } = await reads();
    wire.disturb.fail(
      { service: 'ecs', operation: 'DescribeServices', error: awsError('ServerException', 'try later') },
      Infinity,
    );
    expect(await call()).toBe('ServerException');
    wire.disturb.heal('ecs', 'DescribeServices');
    expect(await call()).toBe('answered');
  });
});

describe('who watches the calls', () => {
  const ecsOf = (bucketOf?: Bucket) => [
    service('ecs', { DescribeServices: operation({ services: [] }, bucketOf && { bucket: bucketOf }) }),
  ];

  it('is told of every permitted call, its bucket and whether it was throttled, and of answers', async () => {
    const admitted: unknown[] = [];
    const answered: unknown[] = [];
    on = await running(ecsOf(bucket), {
      watching: {
        onAdmission: ({ call: { operation: name }, bucket: of, throttled }) =>
          admitted.push([name, of?.name, throttled]),
        onAnswer: ({ operation: name }, output) => answered.push([name, output]),
        keepsCalls: false,
      },
    });
    const ecs = new ECSClient({ ...on.client(), maxAttempts: 1 });
    for (let call = 0; call < 3; call++)
      await ecs.send(new DescribeServicesCommand({ services: ['x'] })).catch(() => undefined);
    expect(admitted).toEqual([
      ['DescribeServices', 'ServiceReads', false],
      ['DescribeServices', 'ServiceReads', false],
      ['DescribeServices', 'ServiceReads', true],
    ]);
    expect(answered).toEqual(Array(2).fill(['DescribeServices', { services: [] }]));
    expect(on.wire.calls).toEqual([]);
  });

  it('is told of calls without a quota', async () => {
    const buckets: unknown[] = [];
    on = await running(ecsOf(), { watching: { onAdmission: (one) => buckets.push(one.bucket) } });
    await new ECSClient(on.client()).send(new DescribeServicesCommand({ services: ['x'] }));
    expect(buckets).toEqual([undefined]);
  });
});

describe('suspended limits', () => {
  it('admit every call, and are full again when they are resumed', async () => {
    const { wire, call } = await reads();
    wire.disturb.suspendLimits();
    expect(await Promise.all(Array.from({ length: 5 }, call))).toEqual(Array(5).fill('answered'));
    wire.disturb.resumeLimits();
    expect([await call(), await call(), await call()]).toEqual([
      'answered',
      'answered',
      'ThrottlingException',
    ]);
  });
});
