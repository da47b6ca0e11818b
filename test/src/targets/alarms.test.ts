import { describe, expect, test } from 'vitest';
import type { Trigger } from '../../../src/rollback/request.ts';
import { answerAlarm } from '../../../src/targets/alarms/answer.ts';
import { readAlarms } from '../../../src/targets/alarms/read.ts';
import type { Alarm } from '../../../src/targets/alarms/alarm.ts';
import { altered, fixture } from './fixtures.ts';

const ARN = 'arn:aws:cloudwatch:eu-central-1:210987654321:alarm:checkout-cpu';
const TURN = `${ARN} 2026-11-20T09:14:20.107Z`;

function alarmOf(event: unknown): Alarm {
  const read = readAlarms(event);
  if (read.kind !== 'alarms') throw new Error(JSON.stringify(read));
  expect(read.alarms).toHaveLength(1);
  return read.alarms[0]!;
}

function answerTo(name: string, tags?: Record<string, string>) {
  const alarm = alarmOf(fixture(name));
  const answer = answerAlarm(alarm, tags ?? alarm.tags);
  if (answer.kind !== 'alarm') throw new Error(JSON.stringify(answer));
  return answer;
}

/** Alarms without what an SNS message lacks for a meter. */
function withoutMeters(trigger: Trigger | undefined): object {
  return { ...trigger, meters: undefined };
}

describe('an alarm', () => {
  test.each([
    'alarm-event-dimensions',
    'alarm-event-expression',
    'alarm-event-anomaly',
    'alarm-event-tagged',
    'alarm-action-dimensions',
    'alarm-action-composite-released',
    'alarm-sns-dimensions',
    'alarm-sns-expression',
    'alarm-sns-bare-without-arn',
  ])('%s requests a rollback of its target', (name) => {
    const { targets, requests } = answerTo(name);
    expect(targets).toEqual(['ecs:prod/checkout']);
    expect(requests.map(({ target }) => target)).toEqual(targets);
  });

  test.each([
    'alarm-event-dimensions',
    'alarm-action-dimensions',
    'alarm-sns-dimensions',
    'alarm-sns-bare-without-arn',
  ])('has one id for one turn, and so in %s', (name) => {
    expect(withoutMeters(answerTo(name).requests[0]!.trigger)).toEqual({
      type: 'alarm',
      id: TURN,
      at: '2026-11-20T09:14:20.107Z',
      alarm: 'checkout-cpu',
      arn: ARN,
      previously: 'OK',
      onset: expect.any(Object) as unknown,
      reason: 'Threshold Crossed: 3 datapoints were greater than the threshold (5.0).',
    });
  });

  test('through SNS may have begun as long before as it looks back, and two minutes for late datapoints', () => {
    const [request] = answerTo('alarm-sns-dimensions').requests;
    expect(request?.trigger).toMatchObject({
      at: '2026-11-20T09:14:20.107Z',
      onset: { at: '2026-11-20T09:09:20.107Z', until: '2026-11-20T09:14:20.107Z', estimated: true },
    });
  });

  test.each(['alarm-event-dimensions', 'alarm-action-dimensions'])(
    'says what it watches in the words of a meter, and so in %s',
    (name) => {
      expect(answerTo(name).requests[0]!.trigger).toMatchObject({
        meters: [
          {
            metric: 'cpu',
            namespace: 'AWS/ECS',
            name: 'CPUUtilization',
            stat: 'Average',
            dimensions: { ClusterName: 'prod', ServiceName: 'checkout' },
          },
        ],
      });
    },
  );

  test('is about every target of its tag, which precedes its metrics', () => {
    expect(answerTo('alarm-event-composite').targets).toEqual(['ecs:prod/checkout', 'ecs:prod/cart']);
    const tagged = answerTo('alarm-event-dimensions', {
      'lastgood:target': ' ecs:stage/cart  ecs:stage/cart ',
    });
    expect(tagged.targets).toEqual(['ecs:stage/cart']);
    expect(tagged.reason).toContain('its tag lastgood:target names ecs:stage/cart');
  });

  test.each([
    ['ecs:prod', '"ecs:prod": "prod" must be a cluster and a service'],
    ['nonsense vm:x', '"nonsense" must begin with a kind'],
    ['  ', 'must name a target'],
  ])('is rejected for a tag %j', (tag, problem) => {
    const answer = answerAlarm(alarmOf(fixture('alarm-event-dimensions')), { 'lastgood:target': tag });
    expect(answer).toMatchObject({ kind: 'rejected', field: 'tag lastgood:target' });
    expect(answer).toHaveProperty('problem', expect.stringContaining(problem));
  });

  test.each([
    ['arn:aws:ecs:eu-central-1:210987654321:service/stage/cart', 'ecs:stage/cart'],
    ['arn:aws:apigateway:eu-central-1::/restapis/a1b2c3d4e5/stages/prod', 'apigateway:a1b2c3d4e5/prod'],
  ])('whose tag is the ARN %s requests that target', (tag, target) => {
    expect(answerTo('alarm-event-dimensions', { 'lastgood:target': tag }).targets).toEqual([target]);
  });

  test.each([
    ['another Region', 'arn:aws:ecs:eu-west-1:210987654321:service/stage/cart'],
    ['another account', 'arn:aws:ecs:eu-central-1:111122223333:service/stage/cart'],
    ['another partition', 'arn:aws-cn:ecs:eu-central-1:210987654321:service/stage/cart'],
    ['no kind', 'arn:aws:sqs:eu-central-1:210987654321:cart'],
  ])('is rejected for a tag with an ARN of %s', (_, tag) => {
    expect(answerAlarm(alarmOf(fixture('alarm-event-dimensions')), { 'lastgood:target': tag })).toMatchObject(
      {
        kind: 'rejected',
        problem: expect.stringContaining('must begin with a kind') as unknown,
      },
    );
  });

  test('whose tag names a target and another word requests the target, and reports the word', () => {
    const answer = answerTo('alarm-event-dimensions', {
      'lastgood:target': 'ecs:stage/cart vm:x ecs:stage ecs:stage/pay',
    });
    expect(answer.requests.map(({ target }) => target)).toEqual(['ecs:stage/cart', 'ecs:stage/pay']);
    expect(answer.wrong).toEqual([
      {
        kind: 'rejected',
        field: 'tag lastgood:target',
        problem: expect.stringContaining('"vm:x" must begin with a kind') as unknown,
      },
      {
        kind: 'rejected',
        field: 'tag lastgood:target',
        problem: expect.stringContaining('"ecs:stage": ') as unknown,
      },
    ]);
  });

  test('over two services requests one rollback that names the other service, never two', () => {
    const { targets, requests, reason } = answerTo('alarm-event-two-services');
    expect(targets).toEqual(['ecs:prod/checkout', 'ecs:prod/checkout-stable']);
    expect(requests).toMatchObject([
      { target: 'ecs:prod/checkout', trigger: { among: ['ecs:prod/checkout-stable'] } },
    ]);
    expect(reason).toContain('it does not say which of them hurts, so Lastgood asks about ecs:prod/checkout');
  });

  test('over two services requests only the one that its tag names', () => {
    const { requests, reason } = answerTo('alarm-event-two-services', {
      'lastgood:target': 'ecs:prod/checkout-stable',
    });
    expect(requests.map(({ target }) => target)).toEqual(['ecs:prod/checkout-stable']);
    expect(requests[0]!.trigger).not.toHaveProperty('among');
    expect(reason).not.toContain('asked about');
  });

  test('over two metrics of one service is about that one', () => {
    const { requests } = answerTo('alarm-event-expression');
    expect(requests).toHaveLength(1);
    expect(requests[0]!.trigger).not.toHaveProperty('among');
  });

  test('on a metric of another account names no target here', () => {
    const { targets, requests, reason } = answerTo('alarm-event-other-account');
    expect({ targets, requests }).toEqual({ targets: [], requests: [] });
    expect(reason).toContain('metrics of another account (345678901234) name no target here');
    const tagged = answerTo('alarm-event-other-account', { 'lastgood:target': 'ecs:prod/cart' });
    expect(tagged.targets).toEqual(['ecs:prod/cart']);
  });

  test('on a metric that names its own account is like any other', () => {
    const path = ['detail', 'configuration', 'metrics', '0', 'accountId'];
    const alarm = alarmOf(altered('alarm-event-other-account', path, '210987654321'));
    expect(answerAlarm(alarm, {})).toMatchObject({ targets: ['ecs:prod/checkout'] });
    expect(alarm).not.toHaveProperty('elsewhere');
  });

  test('without a target requests nothing and says why', () => {
    expect(answerTo('alarm-event-no-target')).toMatchObject({ targets: [], requests: [] });
    expect(answerTo('alarm-event-no-target').reason).toContain('its tag lastgood:target could not be read');
    expect(answerTo('alarm-event-no-target', {}).reason).toContain('it has no tag lastgood:target');
  });

  test.each([
    ['alarm-event-suppressed', 'suppressed by WaitPeriod'],
    ['alarm-event-muted', 'muted by arn:aws:cloudwatch'],
  ])('whose actions are suppressed requests nothing: %s', (name, why) => {
    const { targets, requests, reason } = answerTo(name);
    expect({ targets, requests }).toEqual({ targets: ['ecs:prod/checkout'], requests: [] });
    expect(reason).toContain(why);
  });

  test('that was suppressed and is released runs its action from ALARM to ALARM', () => {
    const { requests } = answerTo('alarm-action-composite-released');
    expect(requests[0]!.trigger).toMatchObject({ previously: 'ALARM', at: '2026-11-20T09:15:20.311Z' });
  });

  test.each([
    ['alarm-event-ok', 'turned to OK'],
    ['alarm-event-still-alarm', 'was already in ALARM'],
  ])('that did not turn to ALARM is ignored: %s', (name, why) => {
    const read = readAlarms(fixture(name));
    expect(read).toMatchObject({ kind: 'ignored', reason: expect.stringContaining(why) as unknown });
  });

  test('needs only its name, its state and its time', () => {
    const { source, 'detail-type': detailType } = fixture('alarm-event-ok') as Record<string, unknown>;
    const state = { value: 'ALARM', timestamp: '2026-11-20T09:14:20.107+0000' };
    const alarm = alarmOf({ source, 'detail-type': detailType, detail: { alarmName: 'a', state } });
    expect(alarm).toMatchObject({
      name: 'a',
      arn: null,
      previously: null,
      reason: '',
      dimensions: [],
      tags: null,
    });
    expect(answerAlarm({ ...alarm, tags: null }, { 'lastgood:target': 'ecs:prod/checkout' })).toMatchObject({
      requests: [{ reason: 'alarm a turned to ALARM', trigger: { id: 'a 2026-11-20T09:14:20.107Z' } }],
    });
  });
});

describe('one time series of an alarm that watches many', () => {
  const NAME = 'alarm-event-contributor';
  const withAttributes = (attributes: object) =>
    alarmOf(altered(NAME, ['detail', 'alarmContributor', 'attributes'], attributes));

  test('names the target by its attributes, and needs no state before and no datapoints', () => {
    expect(answerTo(NAME)).toMatchObject({
      targets: ['ecs:prod/checkout'],
      requests: [{ target: 'ecs:prod/checkout', trigger: { contributor: '3f9a1c77b2d04e58' } }],
    });
    const { trigger } = answerTo(NAME).requests[0]!;
    expect(trigger).not.toHaveProperty('previously');
    expect(trigger).not.toHaveProperty('forged');
  });

  test('narrows the targets of the tag', () => {
    const two = { 'lastgood:target': 'ecs:prod/cart ecs:prod/checkout' };
    expect(answerTo(NAME, two).targets).toEqual(['ecs:prod/checkout']);
    expect(answerTo(NAME, { 'lastgood:target': 'ecs:prod/cart' }).targets).toEqual(['ecs:prod/cart']);
  });

  test('of another account names no target here', () => {
    const own = { ClusterName: 'prod', ServiceName: 'cart', 'AWS.AccountId': '210987654321' };
    expect(answerAlarm(withAttributes(own), {})).toMatchObject({ targets: ['ecs:prod/cart'] });
    const other = withAttributes({ ...own, 'AWS.AccountId': '345678901234' });
    expect(answerAlarm(other, {})).toMatchObject({ targets: [], requests: [] });
    expect(other.elsewhere).toEqual(['345678901234']);
  });

  test('that is quiet again requests nothing', () => {
    expect(readAlarms(altered(NAME, ['detail', 'state', 'value'], 'OK'))).toMatchObject({ kind: 'ignored' });
  });

  test('whose actions are muted requests nothing', () => {
    const muted = altered(NAME, ['detail', 'muteDetail'], { mutedByArn: 'arn:aws:cloudwatch:x' });
    expect(answerAlarm(alarmOf(muted), {})).toMatchObject({
      targets: ['ecs:prod/checkout'],
      requests: [],
    });
  });

  test("may come by the alarm's own action", () => {
    const { detail, resources, ...event } = fixture(NAME) as {
      detail: unknown;
      resources: string[];
      account: string;
      region: string;
    };
    const action = {
      source: 'aws.cloudwatch',
      alarmArn: resources[0],
      accountId: event.account,
      time: '2026-11-20T09:14:20.107+0000',
      region: event.region,
      alarmData: detail,
    };
    expect(answerAlarm(alarmOf(action), {})).toMatchObject({
      targets: ['ecs:prod/checkout'],
      requests: [{ trigger: { contributor: '3f9a1c77b2d04e58' } }],
    });
  });
});

describe('an alarm set by hand', () => {
  test('is one without datapoints', () => {
    expect(alarmOf(fixture('alarm-event-set-by-hand')).forged).toContain('set by hand');
    expect(answerTo('alarm-event-set-by-hand').requests[0]!.trigger).toHaveProperty('forged');
  });

  const at = (time: string) => ({ queryDate: `2026-11-20T09:${time}+0000` });
  const READ = { ...at('14:20.101'), period: 60 };
  const POINT = '2026-11-20T09:13:00.000+0000';

  test.each([
    'alarm-event-dimensions',
    'alarm-event-expression',
    'alarm-event-composite',
    'alarm-event-anomaly',
    'alarm-event-tagged',
    'alarm-event-two-services',
    'alarm-event-contributor',
    'alarm-event-other-account',
  ])('is not the one in %s', (name) => {
    expect(alarmOf(fixture(name)).forged).toBeNull();
  });

  test.each<[string, string, object | undefined, string?]>([
    [
      'one whose newest datapoint is missing',
      'alarm-event-dimensions',
      { ...READ, evaluatedDatapoints: [{ timestamp: POINT }] },
    ],
    ['old: recent datapoints only', 'alarm-event-dimensions', { ...READ, recentDatapoints: [63] }],
    [
      'one over an expression whose missing data count as breaching',
      'alarm-event-expression',
      { ...READ, recentDatapoints: [], evaluatedDatapoints: [] },
    ],
    ['one over many series', 'alarm-event-insights', undefined, '1 out of 7 time series evaluated to ALARM'],
    ['one over very many series', 'alarm-event-insights', undefined, '100+ time series evaluated to ALARM'],
    ['one over many series with a date alone', 'alarm-event-insights', at('14:20.101')],
    [
      'one over series that are all gone',
      'alarm-event-insights',
      undefined,
      'No time series were returned by the query.',
    ],
  ])('is not %s', (_, name, reasonData, reason = 'Threshold Crossed') => {
    expect(turnedBy(name, reasonData, reason).forged).toBeNull();
  });

  const real = { ...READ, recentDatapoints: [63] };
  test.each<[string, string, unknown]>([
    ['no data', 'alarm-event-dimensions', undefined],
    ['no data', 'alarm-event-expression', undefined],
    ['no data', 'alarm-event-anomaly', undefined],
    ['no data', 'alarm-event-composite', undefined],
    ['no data', 'alarm-event-insights', undefined],
    ['a list', 'alarm-event-dimensions', []],
    ['nothing', 'alarm-event-dimensions', null],
    ['an empty list alone', 'alarm-event-dimensions', { evaluatedDatapoints: [] }],
    ['an empty list alone', 'alarm-event-expression', { evaluatedDatapoints: [] }],
    ['an empty list alone', 'alarm-event-composite', { evaluatedDatapoints: [] }],
    ['no alarms that turned it', 'alarm-event-composite', { triggeringAlarms: [] }],
    [
      'an alarm of another account',
      'alarm-event-composite',
      {
        triggeringAlarms: [
          {
            ...child('checkout-5xx'),
            arn: 'arn:aws:cloudwatch:eu-central-1:999999999999:alarm:checkout-5xx',
          },
        ],
      },
    ],
    ['an alarm that its rule does not name', 'alarm-event-composite', { triggeringAlarms: [child('other')] }],
    ['no datapoints', 'alarm-event-dimensions', { ...READ, recentDatapoints: [], evaluatedDatapoints: [] }],
    ['datapoints that are texts', 'alarm-event-dimensions', { ...real, recentDatapoints: ['63'] }],
    ['datapoints that are nothing', 'alarm-event-dimensions', { ...real, evaluatedDatapoints: [null] }],
    ['no date', 'alarm-event-dimensions', { ...real, queryDate: undefined }],
    ['no period', 'alarm-event-dimensions', { ...real, period: undefined }],
    [
      'the date of a turn an hour ago',
      'alarm-event-dimensions',
      { ...real, queryDate: '2026-11-20T08:14:20.107+0000' },
    ],
    [
      'a date of the future',
      'alarm-event-expression',
      { ...real, queryDate: '2026-11-20T10:14:20.107+0000' },
    ],
    ['a date alone, of another turn', 'alarm-event-insights', at('04:20.101')],
    [
      'datapoints of the future',
      'alarm-event-dimensions',
      { ...real, startDate: '2026-11-20T09:15:00.000+0000' },
    ],
    ['datapoints of another period', 'alarm-event-dimensions', { ...real, period: 300 }],
    ['datapoints of another statistic', 'alarm-event-dimensions', { ...real, statistic: 'Maximum' }],
  ])('is one with %s (%s)', (_, name, reasonData) => {
    expect(turnedBy(name, reasonData, 'testing').forged).toContain('set by hand');
  });

  function child(name: string) {
    return { arn: `arn:aws:cloudwatch:eu-west-1:111122223333:alarm:${name}`, state: { value: 'ALARM' } };
  }

  function turnedBy(name: string, reasonData: unknown, reason: string) {
    const [file, path] =
      name === 'alarm-event-insights' ? ['alarm-event-expression', ['detail', 'configuration']] : [name, []];
    const insights = {
      metrics: [{ id: 'q', expression: 'SELECT SUM(x) FROM y', period: 60, returnData: true }],
    };
    const event = path.length === 0 ? fixture(file) : altered(file, path, insights);
    const { detail } = event as { detail: { state: object } };
    const state = { ...detail.state, reason, reasonData: JSON.stringify(reasonData) };
    return alarmOf({ ...(event as object), detail: { ...detail, state } });
  }
});

describe('a malformed alarm is rejected by the name of its field', () => {
  test.each([
    ['alarm-event-dimensions', ['detail'], undefined, 'detail'],
    ['alarm-event-dimensions', ['detail', 'alarmName'], 7, 'detail.alarmName'],
    ['alarm-event-dimensions', ['detail', 'alarmName'], 'x'.repeat(256), 'detail.alarmName'],
    ['alarm-event-dimensions', ['detail', 'state'], undefined, 'detail.state'],
    ['alarm-event-dimensions', ['detail', 'state', 'value'], 'FINE', 'detail.state.value'],
    ['alarm-event-dimensions', ['detail', 'state', 'timestamp'], 'yesterday', 'detail.state.timestamp'],
    [
      'alarm-action-dimensions',
      ['alarmData', 'state', 'timestamp'],
      1_700_000_000,
      'alarmData.state.timestamp',
    ],
    ['alarm-sns-bare-without-arn', ['NewStateValue'], 'string', 'NewStateValue'],
    ['alarm-sns-bare-without-arn', ['StateChangeTime'], 'date', 'StateChangeTime'],
  ])('%s with %j as %j', (name, path, value, field) => {
    expect(readAlarms(altered(name, path, value))).toMatchObject({ kind: 'rejected', field });
  });
});

describe('SNS', () => {
  const records = (...messages: unknown[]) => ({
    Records: messages.map((message) => ({
      Sns: { TopicArn: 'arn:aws:sns:eu-central-1:210987654321:t', Message: JSON.stringify(message) },
    })),
  });
  const bare = fixture('alarm-sns-bare-without-arn') as Record<string, unknown>;

  test('brings several alarms at once, of which only those that turned count', () => {
    const read = readAlarms(records(bare, { ...bare, NewStateValue: 'OK' }, { ...bare, AlarmName: 'other' }));
    expect(read).toMatchObject({ kind: 'alarms', alarms: [{ name: 'checkout-cpu' }, { name: 'other' }] });
  });

  test('names the account of each metric of an expression', () => {
    const metric = (ServiceName: string, AccountId: string) => ({
      Id: 'm',
      AccountId,
      MetricStat: {
        Metric: {
          Dimensions: [
            { name: 'ClusterName', value: 'prod' },
            { name: 'ServiceName', value: ServiceName },
          ],
        },
      },
    });
    const Metrics = [metric('cart', '210987654321'), metric('checkout', '345678901234')];
    const alarm = alarmOf({ ...bare, Trigger: { Metrics } });
    expect(answerAlarm(alarm, {})).toMatchObject({ targets: ['ecs:prod/cart'] });
    expect(alarm.elsewhere).toEqual(['345678901234']);
  });

  test('is rejected whole for one malformed message', () => {
    const [bad, quiet] = [
      { ...bare, StateChangeTime: '' },
      { ...bare, NewStateValue: 'OK' },
    ];
    expect(readAlarms(records(bare, bad))).toMatchObject({ kind: 'rejected', field: 'StateChangeTime' });
    expect(readAlarms(records(quiet, bad))).toMatchObject({ kind: 'rejected', field: 'StateChangeTime' });
  });

  test.each(['not JSON', '{"status":"SUCCEEDED"}', '[]'])('may carry other messages: %s', (Message) => {
    const event = { Records: [{ Sns: { TopicArn: 'arn:aws:sns:eu-central-1:210987654321:t', Message } }] };
    expect(readAlarms(event)).toEqual({
      kind: 'ignored',
      reason: 'an SNS message that is not a CloudWatch alarm',
    });
  });

  test('gives the Region of an alarm whose message has it only as a name for people', () => {
    expect(alarmOf(records({ ...bare, Region: 'EU (Frankfurt)' })).arn).toBe(ARN);
    expect(alarmOf({ ...bare, Region: 'EU (Frankfurt)' }).arn).toBeNull();
  });
});

test('tags in the event may be an object or a list', () => {
  const tagged = (tags: unknown) =>
    alarmOf(altered('alarm-event-dimensions', ['detail', 'alarmTags'], tags)).tags;
  expect(tagged({ 'lastgood:target': 'ecs:prod/checkout', broken: 1 })).toEqual({
    'lastgood:target': 'ecs:prod/checkout',
  });
  expect(tagged([{ Key: 'lastgood:target', Value: 'ecs:prod/checkout' }, 'x'])).toEqual({
    'lastgood:target': 'ecs:prod/checkout',
  });
  expect(tagged([{ key: 'team', value: 'shop' }])).toEqual({ team: 'shop' });
  expect(tagged('none')).toBeNull();
});
