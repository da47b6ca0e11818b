import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse, type ScalarTag } from 'yaml';
import { matches, type Pattern } from '@lastgood/embedded-aws/runtime/events/pattern.ts';
import { onAlarm } from '../../../functions/on-alarm/on-alarm.ts';

import type { Emitter } from '../../../src/events/emit.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import { altered, fixture } from '../../src/targets/fixtures.ts';
import { createFakeStarter } from '../starter.ts';

/** After the alarms of all fixtures. */
const NOW = '2026-11-22T03:05:00.000Z';
const ARN = 'arn:aws:cloudwatch:eu-central-1:210987654321:alarm:checkout-cpu';

function setUp(tags: Tags | Error = {}, now = NOW) {
  const starter = createFakeStarter();
  const asked: string[] = [];
  const tagsOf = (arn: string) => {
    asked.push(arn);
    return tags instanceof Error ? Promise.reject(tags) : Promise.resolve(tags);
  };
  const balancerTags = () => Promise.resolve([]);
  const { emitter, published } = createFakeEmitter();
  const handle = onAlarm({ starter, emitter, tagsOf, balancerTags, now: () => now });
  return { starter, asked, published, handle };
}

/** Makes an emitter that keeps what it publishes. */
function createFakeEmitter() {
  const published: (readonly [string, object])[] = [];
  const emitter: Emitter = {
    emit: (type, detail) => {
      published.push([type, detail]);
      return Promise.resolve();
    },
  };
  return { emitter, published };
}

const targets = ({ started }: ReturnType<typeof createFakeStarter>) => started.map(({ target }) => target);

describe('an alarm that turned', () => {
  test('starts a rollback of the target in its tag', async () => {
    const { starter, asked, handle } = setUp({ 'lastgood:target': 'ecs:prod/cart' });
    expect(await handle(fixture('alarm-event-no-target'))).toEqual([
      { target: 'ecs:prod/cart', answer: 'started' },
    ]);
    expect(targets(starter)).toEqual(['ecs:prod/cart']);
    expect(asked).toEqual([ARN.replace('-cpu', '-5xx')]);
  });

  test('starts a rollback of the target in its dimensions if it has no tag', async () => {
    const { starter, handle } = setUp({ team: 'shop' });
    await handle(fixture('alarm-event-dimensions'));
    expect(targets(starter)).toEqual(['ecs:prod/checkout']);
  });

  test('is not asked for its tags if the event has the tag', async () => {
    const { starter, asked, handle } = setUp(new Error('not to be asked'));
    await handle(fixture('alarm-event-composite'));
    expect(targets(starter)).toEqual(['ecs:prod/checkout', 'ecs:prod/cart']);
    expect(asked).toEqual([]);
  });

  test('is asked for its tags if the event lacks the tag, because they may be filtered', async () => {
    const { starter, asked, handle } = setUp({ 'lastgood:target': 'ecs:prod/cart' });
    await handle(altered('alarm-event-dimensions', ['detail', 'alarmTags'], { team: 'shop' }));
    expect(targets(starter)).toEqual(['ecs:prod/cart']);
    expect(asked).toEqual([ARN]);
  });

  test('starts one rollback, however often it is delivered and in any envelope', async () => {
    const { starter, handle } = setUp();
    const names = [
      'alarm-event-dimensions',
      'alarm-event-dimensions',
      'alarm-action-dimensions',
      'alarm-sns-dimensions',
    ];
    for (const name of names) await handle(fixture(name));
    expect(targets(starter)).toEqual(['ecs:prod/checkout']);
    expect(await handle(fixture('alarm-event-dimensions'))).toEqual([
      { target: 'ecs:prod/checkout', answer: 'already-started' },
    ]);
  });

  test('without a target starts nothing', async () => {
    const { starter, handle } = setUp();
    expect(await handle(fixture('alarm-event-no-target'))).toEqual([]);
    expect(targets(starter)).toEqual([]);
  });

  test('whose tags cannot be read starts nothing, and is redelivered', async () => {
    const throttled = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
    const { starter, handle } = setUp(throttled);
    await expect(handle(fixture('alarm-event-dimensions'))).rejects.toBe(throttled);
    expect(targets(starter)).toEqual([]);
  });
});

test('over two services starts one rollback, or that of the target in its tag', async () => {
  const untagged = setUp();
  await untagged.handle(fixture('alarm-event-two-services'));
  expect(untagged.starter.started).toMatchObject([
    { target: 'ecs:prod/checkout', trigger: { among: ['ecs:prod/checkout-stable'] } },
  ]);
  const tagged = setUp({ 'lastgood:target': 'ecs:prod/checkout-stable' });
  await tagged.handle(fixture('alarm-event-two-services'));
  expect(targets(tagged.starter)).toEqual(['ecs:prod/checkout-stable']);
});

test('one time series that turned starts a rollback of the target in its attributes', async () => {
  const { starter, handle } = setUp();
  await handle(fixture('alarm-event-contributor'));
  expect(targets(starter)).toEqual(['ecs:prod/checkout']);
});

describe('its rule', () => {
  const scalarTag = (tag: string): ScalarTag => ({
    tag,
    resolve: (text: string) =>
      ({ 'AWS::AccountId': '210987654321', 'AWS::Region': 'eu-central-1' })[text] ?? text,
  });
  const pattern = parse(readFileSync('functions/on-alarm/pattern.yml', 'utf8'), {
    customTags: [scalarTag('!Ref')],
  }) as Pattern;

  test.each([
    ['alarm-event-dimensions', true],
    ['alarm-event-contributor', true],
    ['alarm-event-ok', false],
    ['deployment-failed', false],
  ])('matches %s: %s', (name, matched) => {
    expect(matches(pattern, fixture(name) as object)).toBe(matched);
  });

  test('matches no time series of another account', () => {
    expect(matches(pattern, altered('alarm-event-contributor', ['account'], '1') as object)).toBe(false);
  });
});

test('an alarm on a function with two aliases is published with both, and is not thrown', async () => {
  const starter = createFakeStarter();
  const { emitter, published } = createFakeEmitter();
  const readers = {
    tagsOf: () => Promise.resolve({}),
    balancerTags: () => Promise.resolve([]),
    aliasesOf: () => Promise.resolve(['lambda:checkout/beta', 'lambda:checkout/live']),
  };
  const handle = onAlarm({ starter, emitter, now: () => NOW, ...readers });
  const metric = {
    ...{ id: 'errors', returnData: true },
    metricStat: {
      metric: { namespace: 'AWS/Lambda', name: 'Errors', dimensions: { FunctionName: 'checkout' } },
    },
  };
  const event = altered('alarm-event-dimensions', ['detail', 'configuration', 'metrics'], [metric]);
  expect(await handle(event)).toEqual([]);
  expect(targets(starter)).toEqual([]);
  const problem = expect.stringContaining('one of lambda:checkout/beta and lambda:checkout/live') as unknown;
  expect(published).toMatchObject([['Rollback Rejected', { field: 'tag lastgood:target', problem }]]);
});

describe('an event that cannot be handled is thrown', () => {
  test('a malformed alarm, by its field', async () => {
    const { handle } = setUp();
    const event = altered('alarm-event-dimensions', ['detail', 'state', 'value'], 'RED');
    await expect(handle(event)).rejects.toMatchObject({
      name: 'InvalidRequest',
      field: 'detail.state.value',
    });
  });

  test('a word of a tag that names no target, after the others of the tag were started', async () => {
    const { starter, published, handle } = setUp({ 'lastgood:target': 'vm:x ecs:prod/cart' });
    await expect(handle(fixture('alarm-event-no-target'))).rejects.toMatchObject({
      field: 'tag lastgood:target',
      problem: expect.stringContaining('"vm:x"') as unknown,
    });
    expect(targets(starter)).toEqual(['ecs:prod/cart']);
    const problem = expect.stringContaining('"vm:x" must begin with a kind') as unknown;
    const request = expect.stringContaining(':alarm:checkout-5xx 2026-11-20T09:14:20.107Z') as unknown;
    const rejection = { alarm: 'checkout-5xx', field: 'tag lastgood:target', problem, request };
    expect(published).toEqual([
      ['Rollback Rejected', { version: '1', source: 'aws.cloudwatch', rejectedAt: NOW, ...rejection }],
    ]);
  });

  test.each(['Lastgood:Target', 'lastgood:targets', 'lastgood-target', 'lastgood target'])(
    'a tag with the key %j, where nothing else names a target',
    async (key) => {
      const { starter, published, handle } = setUp({ [key]: 'ecs:prod/cart' });
      await expect(handle(fixture('alarm-event-no-target'))).rejects.toMatchObject({
        field: `tag ${key}`,
        problem: 'must be spelled lastgood:target to name a target',
      });
      expect(published).toHaveLength(1);
      const named = setUp({ [key]: 'ecs:prod/cart' });
      await named.handle(fixture('alarm-event-dimensions'));
      expect([targets(starter), targets(named.starter)]).toEqual([[], ['ecs:prod/checkout']]);
    },
  );

  test('a tag that names no target, after the other alarms of the event were started', async () => {
    const starter = createFakeStarter();
    const tagsOf = (arn: string) =>
      Promise.resolve({ 'lastgood:target': arn.endsWith('bad') ? 'nonsense' : 'ecs:prod/cart' });
    const { Records } = fixture('alarm-sns-dimensions') as { Records: [{ Sns: { Message: string } }] };
    const named = (AlarmName: string) => {
      const Message = JSON.stringify({
        ...(JSON.parse(Records[0].Sns.Message) as object),
        AlarmName,
        AlarmArn: undefined,
      });
      return { Sns: { ...Records[0].Sns, Message } };
    };
    const { emitter } = createFakeEmitter();
    const balancerTags = () => Promise.resolve([]);
    const handle = onAlarm({ starter, emitter, tagsOf, balancerTags, now: () => NOW });
    await expect(handle({ Records: [named('bad'), named('good')] })).rejects.toMatchObject({
      field: 'tag lastgood:target',
    });
    expect(targets(starter)).toEqual(['ecs:prod/cart']);
  });
});

describe.each([
  ['alarm-event-no-target', ['detail', 'state', 'timestamp'], 'detail.state.timestamp'],
  ['alarm-action-dimensions', ['alarmData', 'state', 'timestamp'], 'alarmData.state.timestamp'],
  ['alarm-sns-bare-without-arn', ['StateChangeTime'], 'StateChangeTime'],
])('the time in %s', (name, path, field) => {
  const at = (time: string) => altered(name, path, time);

  test('may be a minute ahead, because clocks differ', async () => {
    const { starter, handle } = setUp({ 'lastgood:target': 'ecs:prod/cart' });
    await handle(at('2026-11-22T03:06:00.000+0000'));
    expect(starter.started).toHaveLength(1);
  });

  test('is refused and named if it is later', async () => {
    const { starter, handle } = setUp({ 'lastgood:target': 'ecs:prod/cart' });
    await expect(handle(at('2026-11-22T03:06:00.001+0000'))).rejects.toMatchObject({
      name: 'InvalidRequest',
      field,
      problem: 'must not be more than 60 seconds in the future',
    });
    expect(starter.started).toEqual([]);
  });
});

test.each(['alarm-event-ok', 'deployment-failed', 'rollback-requested'])(
  '%s is not for on-alarm',
  async (name) => {
    const { starter, handle } = setUp();
    expect(await handle(fixture(name))).toMatchObject({ kind: 'ignored' });
    expect(targets(starter)).toEqual([]);
  },
);
