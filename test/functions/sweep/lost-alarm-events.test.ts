import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { expect, test } from 'vitest';
import { alarmsInAlarm, reconcileAlarmEvents } from '../../../functions/sweep/lost-alarm-events.ts';
import { mutedAlarms } from '../../../functions/sweep/muted.ts';
import type { Emitter } from '../../../src/events/emit.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import type { Alarm } from '../../../src/targets/alarms/alarm.ts';
import { answerAlarm } from '../../../src/targets/alarms/answer.ts';
import { readAlarms } from '../../../src/targets/alarms/read.ts';
import { createFakeStarter } from '../starter.ts';
import { clientWith, redAlarm } from '../guard/cloudwatch.ts';

const ARN = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:checkout-5xx';
const NOW = '2026-11-22T03:05:00.000Z';
const ALARM: Alarm = {
  name: 'checkout-5xx',
  arn: ARN,
  at: '2026-11-22T03:03:00.250Z',
  timeField: 'detail.state.timestamp',
  previously: null,
  onset: null,
  reason: 'Threshold Crossed',
  dimensions: [],
  tags: null,
  forged: null,
  withheld: null,
};

/** Makes an emitter that keeps the problems that it publishes. */
function createPublishing() {
  const problems: string[] = [];
  const emitter: Emitter = {
    emit: (type, detail) => {
      problems.push(`${type}: ${'problem' in detail ? detail.problem : ''}`);
      return Promise.resolve();
    },
  };
  return { emitter, problems, warn: () => undefined };
}

async function sweep(
  alarms: readonly Alarm[],
  tags: Tags = { 'lastgood:target': 'ecs:prod/checkout' },
  starter = createFakeStarter(),
  muted: readonly string[] = [],
  { emitter, warn } = createPublishing(),
) {
  await reconcileAlarmEvents(
    {
      inAlarm: () => Promise.resolve(alarms),
      isMuted: (name) => Promise.resolve(muted.includes(name)),
      tagsOf: () => Promise.resolve(tags),
      balancerTags: () => Promise.resolve([]),
      starter,
      emitter,
      warn,
    },
    NOW,
  );
  return starter.started;
}

test('an alarm whose event was lost starts the same rollback as the event', async () => {
  expect(await sweep([ALARM])).toMatchObject([
    {
      target: 'ecs:prod/checkout',
      trigger: { type: 'alarm', id: `${ARN} 2026-11-22T03:03:00.250Z`, at: '2026-11-22T03:03:00.250Z' },
    },
  ]);
});

test('the rollback of a delivered event is not started twice', async () => {
  const starter = createFakeStarter();
  const event = {
    id: 'event-1',
    source: 'aws.cloudwatch',
    'detail-type': 'CloudWatch Alarm State Change',
    account: '111122223333',
    region: 'eu-west-1',
    time: '2026-11-22T03:03:01Z',
    resources: [ARN],
    detail: {
      alarmName: 'checkout-5xx',
      state: { value: 'ALARM', timestamp: '2026-11-22T03:03:00.250+0000', reason: 'Threshold Crossed' },
      previousState: { value: 'OK' },
      configuration: { metrics: [] },
    },
  };
  const read = readAlarms(event);
  if (read.kind !== 'alarms') throw new Error('the event must be an alarm');
  const answer = answerAlarm(read.alarms[0]!, { 'lastgood:target': 'ecs:prod/checkout' });
  if (answer.kind === 'rejected') throw new Error('the event must be accepted');
  for (const request of answer.requests) await starter.start(request);
  expect(starter.started).toHaveLength(1);
  expect(await sweep([ALARM], undefined, starter)).toHaveLength(1);
});

test.each([
  ['2026-11-22T03:04:30.000Z', 0, 'its event may still come'],
  ['2026-11-22T03:04:00.000Z', 1, 'its event is late'],
  ['2026-11-22T02:53:00.000Z', 1, 'Lambda refused to run us until now'],
  ['2026-11-22T02:45:00.000Z', 1, 'it is just young enough'],
  ['2026-11-22T02:44:59.000Z', 0, 'the judge would skip it'],
])('of an alarm that turned at %s it starts %d: %s', async (turned, count) => {
  expect(await sweep([{ ...ALARM, at: turned }])).toHaveLength(count);
});

test('a muted alarm starts nothing, as its event does not', async () => {
  const other = { ...ALARM, name: 'checkout-latency', arn: ARN.replace('5xx', 'latency') };
  expect(await sweep([ALARM, other], undefined, undefined, ['checkout-5xx'])).toMatchObject([
    { trigger: { alarm: 'checkout-latency' } },
  ]);
});

test('the alarms that are muted are those of the active rules, and no alarm is asked about', async () => {
  const rule = (name: string) => ({
    AlarmMuteRuleArn: `arn:aws:cloudwatch:eu-west-1:111122223333:alarm-mute-rule:${name}`,
  });
  const answers = [
    { AlarmMuteRuleSummaries: [rule('nightly')], NextToken: 'more' },
    { AlarmMuteRuleSummaries: [rule('move')] },
    { MuteTargets: { AlarmNames: ['checkout-5xx', 'checkout-latency'] } },
    { MuteTargets: { AlarmNames: ['basket-5xx'] } },
  ];
  const asked: object[] = [];
  const send = ({ input }: { readonly input: object }) => Promise.resolve(answers[asked.push(input) - 1]);
  const client = { send };
  const muted = await mutedAlarms(Object.assign(new CloudWatchClient(), client));
  expect([...muted].toSorted()).toEqual(['basket-5xx', 'checkout-5xx', 'checkout-latency']);
  expect(asked).toMatchObject([
    { Statuses: ['ACTIVE'] },
    { Statuses: ['ACTIVE'] },
    { AlarmMuteRuleName: 'nightly' },
    { AlarmMuteRuleName: 'move' },
  ]);
});

test('an alarm about no target starts nothing', async () => {
  expect(await sweep([ALARM], {})).toEqual([]);
});

test('an alarm whose tag cannot be read does not stop the others', async () => {
  const starter = createFakeStarter();
  const tagsOf = (arn: string) =>
    Promise.resolve({ 'lastgood:target': arn === ARN ? 'vm:x' : 'ecs:prod/basket' });
  const inAlarm = () => Promise.resolve([ALARM, { ...ALARM, arn: ARN.replace('checkout', 'basket') }]);
  const { problems, ...publishing } = createPublishing();
  const isMuted = () => Promise.resolve(false);
  const balancerTags = () => Promise.resolve([]);
  await reconcileAlarmEvents({ inAlarm, isMuted, tagsOf, balancerTags, starter, ...publishing }, NOW);
  expect(starter.started).toMatchObject([{ target: 'ecs:prod/basket' }]);
  expect(problems).toEqual([expect.stringContaining('Rollback Rejected: "vm:x" must begin with a kind')]);
});

test('a word of a tag that names no target is published for three minutes, and stops no other', async () => {
  const tags = { 'lastgood:target': 'vm:x ecs:prod/basket' };
  const published = async (at: string, muted: readonly string[] = []) => {
    const publishing = createPublishing();
    const started = await sweep([{ ...ALARM, at }], tags, createFakeStarter(), muted, publishing);
    return [started.map(({ target }) => target), publishing.problems.length];
  };
  expect(await published('2026-11-22T03:02:00.000Z')).toEqual([['ecs:prod/basket'], 1]);
  expect(await published('2026-11-22T03:01:59.000Z')).toEqual([['ecs:prod/basket'], 0]);
  expect(await published('2026-11-22T03:02:00.000Z', ['checkout-5xx'])).toEqual([[], 0]);
});

test('the alarms are read page after page, composite ones too', async () => {
  const { client, asked } = clientWith([
    {
      MetricAlarms: [redAlarm('one', NOW)],
      CompositeAlarms: [{ ...redAlarm('two', NOW), AlarmRule: 'ALARM(one)' }],
    },
    { MetricAlarms: [redAlarm('three', NOW)] },
  ]);
  expect((await alarmsInAlarm(client, 'lastgood-prod')).map(({ name }) => name)).toEqual([
    'one',
    'two',
    'three',
  ]);
  expect(asked[0]).toMatchObject({
    StateValue: 'ALARM',
    AlarmTypes: ['MetricAlarm', 'CompositeAlarm', 'LogAlarm'],
  });
});
