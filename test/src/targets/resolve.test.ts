import { describe, expect, test } from 'vitest';
import type { Tags } from '../../../src/rollback/plan.ts';
import type { Alarm } from '../../../src/targets/alarms/alarm.ts';
import { balancersOf } from '../../../src/targets/alarms/balancers.ts';
import { readAlarms, type Alarms } from '../../../src/targets/alarms/read.ts';
import { answerWithTags } from '../../../src/targets/alarms/read-tags.ts';
import { altered } from './fixtures.ts';

const PLACE = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333';
const GROUP = 'targetgroup/checkout-blue/6d0ecf831eec9f09';
const ALARM: Alarm = {
  name: 'checkout-5xx',
  arn: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:checkout-5xx',
  at: '2026-11-22T03:03:00.000Z',
  timeField: 'detail.state.timestamp',
  previously: 'OK',
  onset: null,
  reason: 'Threshold Crossed',
  dimensions: [{ TargetGroup: GROUP, LoadBalancer: 'app/shop/50dc6c495c0c9188' }],
  tags: null,
  forged: null,
  withheld: null,
};

describe('the balancers of an alarm', () => {
  test("are target groups first, then load balancers, in the alarm's account and Region", () => {
    expect(balancersOf(ALARM)).toEqual([
      `${PLACE}:${GROUP}`,
      `${PLACE}:loadbalancer/app/shop/50dc6c495c0c9188`,
    ]);
  });

  test('are each listed once, over all metrics', () => {
    expect(balancersOf({ ...ALARM, dimensions: [...ALARM.dimensions, ...ALARM.dimensions] })).toHaveLength(2);
  });

  test.each([
    ['an alarm whose ARN is not known', { ...ALARM, arn: null }],
    ['no dimensions', { ...ALARM, dimensions: [{}] }],
    [
      'dimensions that are no such resources',
      { ...ALARM, dimensions: [{ TargetGroup: 'blue', LoadBalancer: 'shop' }] },
    ],
    ['a Classic Load Balancer', { ...ALARM, dimensions: [{ LoadBalancerName: 'shop' }] }],
  ])('are none with %s', (_, alarm) => {
    expect(balancersOf(alarm)).toEqual([]);
  });
});

async function resolve(alarm: Alarm, own: Tags, behind: readonly Tags[]) {
  const asked: (readonly string[])[] = [];
  const answer = await answerWithTags(alarm, {
    tagsOf: () => Promise.resolve(own),
    balancerTags: (arns) => {
      asked.push(arns);
      return Promise.resolve(behind);
    },
  });
  return { ...answer, asked };
}

const names = (target: string): Tags => ({ 'lastgood:target': target });

describe('the targets of an alarm on a load balancer', () => {
  test('are those that the tag of its target group names', async () => {
    const answer = await resolve(ALARM, {}, [names('ecs:prod/checkout'), names('ecs:prod/shop')]);
    expect(answer).toMatchObject({
      targets: ['ecs:prod/checkout'],
      requests: [{ target: 'ecs:prod/checkout' }],
      reason:
        'alarm checkout-5xx turned to ALARM; the tag lastgood:target of what it watches names ecs:prod/checkout',
    });
  });

  test('are those of the load balancer if the group has no tag', async () => {
    expect(await resolve(ALARM, {}, [{ team: 'shop' }, names('ecs:prod/shop')])).toMatchObject({
      targets: ['ecs:prod/shop'],
    });
  });

  test('are asked about if its target groups name different ones', async () => {
    const dimensions = [
      { TargetGroup: GROUP, LoadBalancer: 'app/shop/50dc6c495c0c9188' },
      { TargetGroup: 'targetgroup/checkout-old/0123456789abcdef' },
    ];
    const alarm = { ...ALARM, dimensions };
    const tags = [names('ecs:prod/checkout'), names('ecs:prod/stable'), names('ecs:prod/shop')];
    expect(await resolve(alarm, {}, tags)).toMatchObject({
      targets: ['ecs:prod/checkout', 'ecs:prod/stable'],
      requests: [{ target: 'ecs:prod/checkout', trigger: { among: ['ecs:prod/stable'] } }],
    });
    const same = [names('ecs:prod/checkout'), names('ecs:prod/checkout'), names('ecs:prod/shop')];
    const answer = await resolve(alarm, {}, same);
    expect(answer).toMatchObject({ requests: [{ target: 'ecs:prod/checkout' }] });
    expect(JSON.stringify(answer)).not.toContain('among');
  });

  test("are those of the alarm's own tag, without reading others", async () => {
    const answer = await resolve(ALARM, names('ecs:prod/cart'), [names('ecs:prod/checkout')]);
    expect(answer).toMatchObject({ targets: ['ecs:prod/cart'], asked: [] });
  });

  test('are those of its other dimensions, without reading tags', async () => {
    const service = { ClusterName: 'prod', ServiceName: 'cart' };
    const answer = await resolve({ ...ALARM, dimensions: [...ALARM.dimensions, service] }, {}, []);
    expect(answer).toMatchObject({ targets: ['ecs:prod/cart'], asked: [] });
  });

  test('are none if no tag names one', async () => {
    expect(await resolve(ALARM, {}, [{}, {}])).toMatchObject({ targets: [], requests: [] });
    expect(await resolve(ALARM, {}, [])).toMatchObject({ targets: [], requests: [] });
  });

  test('are rejected by field if the tag names no target', async () => {
    expect(await resolve(ALARM, {}, [names('nonsense')])).toMatchObject({
      kind: 'rejected',
      field: 'tag lastgood:target',
    });
  });
});

describe('an alarm that only scales', () => {
  const NAME = 'TargetTracking-service/prod/checkout-AlarmHigh-1';
  const read = () => {
    const { alarms } = readAlarms(altered('alarm-event-dimensions', ['detail', 'alarmName'], NAME)) as Alarms;
    return alarms[0]!;
  };

  test('names no target, and says why', async () => {
    expect(await resolve(read(), {}, [])).toMatchObject({
      targets: [],
      requests: [],
      reason: expect.stringContaining('only scales, and has no tag lastgood:target') as unknown,
    });
  });

  test('names that of its tag, and the request says so', async () => {
    expect(await resolve(read(), names('ecs:prod/checkout'), [])).toMatchObject({
      targets: ['ecs:prod/checkout'],
      requests: [{ trigger: { isTagged: true } }],
    });
  });
});

describe('the targets of an alarm that are looked up', () => {
  const STAGE = { ApiName: 'checkout', Stage: 'prod' };
  const looked = async (alarm: Partial<Alarm>, own: Tags, found: readonly string[]) => {
    const asked: unknown[] = [];
    const answer = await answerWithTags(
      { ...ALARM, dimensions: [STAGE], ...alarm },
      {
        tagsOf: () => Promise.resolve(own),
        balancerTags: () => Promise.resolve([]),
        lookUp: (dimensions) => {
          asked.push(...dimensions);
          return Promise.resolve(found);
        },
      },
    );
    return { answer, asked };
  };
  const TARGET = 'apigateway:a1b2c3d4e5/prod';

  test('are those of its dimensions', async () => {
    const { answer, asked } = await looked({}, {}, [TARGET]);
    expect(asked).toEqual([STAGE]);
    expect(answer).toMatchObject({
      targets: [TARGET],
      requests: [{ target: TARGET }],
      reason: expect.stringMatching(/its metrics are about apigateway:/) as string,
    });
  });

  test('are not needed where its tag names one', async () => {
    const { answer, asked } = await looked({}, names('ecs:prod/checkout'), [TARGET]);
    expect([answer, asked]).toMatchObject([{ targets: ['ecs:prod/checkout'] }, []]);
  });

  test('are asked about if there are several', async () => {
    const { answer } = await looked({}, {}, [TARGET, 'apigateway:f6a7b8c9d0/prod']);
    expect(answer).toMatchObject({
      requests: [{ target: TARGET, trigger: { among: ['apigateway:f6a7b8c9d0/prod'] } }],
    });
  });

  test('are none where nothing is found', async () => {
    const { answer } = await looked({}, {}, []);
    expect(answer).toMatchObject({ targets: [], requests: [] });
  });
});
