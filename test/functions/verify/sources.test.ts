import { describe, expect, it } from 'vitest';
import { alarms as alarmSigns, readAlarms } from '../../../functions/verify/alarms.ts';
import { NoAnswer, type Ask } from '../../../src/lambda/ask.ts';
import { errors } from '../../../functions/verify/errors.ts';
import { probes } from '../../../functions/verify/probes.ts';
import { targetHealth } from '../../../functions/verify/target-health.ts';
import type { Claims } from '../../../src/ledger/claims.ts';
import type { InReversion } from '../../../src/rollback/document.ts';
import type { Tags, Watch } from '../../../src/rollback/plan.ts';

interface Known {
  readonly tags?: Tags;
  readonly setAside?: readonly string[];
}

function watching(watch: Partial<Watch>, { tags = {}, setAside = [] }: Known = {}): InReversion {
  return {
    request: { target: 'ecs:prod/checkout', reason: 'x' },
    execution: 'one',
    plan: { tags, watch: { targetGroups: [], alarms: [], probes: [], ...watch } },
    verdict: { verdict: 'act', at: '2026-11-22T04:00:00.000Z', reasons: [], setAside },
  } as unknown as InReversion;
}

/** Claims whose record of the rollback lists these alarms as refused triggers. */
function turned(...alarms: readonly string[]): Pick<Claims, 'record'> {
  const alsoTriggeredBy = alarms.map((alarm) => ({
    target: 'ecs:prod/checkout',
    reason: 'x',
    trigger: { type: 'alarm' as const, id: alarm, at: '2026-11-22T04:00:00.000Z', alarm },
  }));
  const request = { target: 'ecs:prod/checkout', reason: 'x' };
  return {
    record: (target, execution) =>
      Promise.resolve({
        target,
        execution,
        startedAt: '2026-11-22T04:00:00.000Z',
        request,
        alsoTriggeredBy,
        automatic: false,
      }),
  };
}
const NOTHING_ELSE = turned();

type Reading = Parameters<typeof readAlarms>[0];

function reading(cloudwatch: never, claims: Pick<Claims, 'record'>): Reading {
  const now = () => '2026-11-22T04:10:00.000Z';
  return { cloudwatch, claims: { ...claims, records: () => Promise.resolve([]) }, now };
}

function alarms(from: Reading) {
  return (rollback: InReversion) => alarmSigns(readAlarms(from, rollback))(rollback);
}

/** An SDK client that answers each call by its input, or throws. */
function client(answer: (input: Record<string, unknown>) => unknown) {
  const inputs: Record<string, unknown>[] = [];
  const send = (command: { input: Record<string, unknown> }) => {
    inputs.push(command.input);
    return Promise.resolve(command.input).then(answer);
  };
  return { client: { send } as never, inputs };
}

function refused(name: string): never {
  throw Object.assign(new Error('Rate exceeded'), { name });
}

describe('target health', () => {
  const arn =
    'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/checkout-blue/6d0ecf831eec9f09';
  const group = { arn, wanted: 2 };
  const targets = (...states: string[]) => ({
    TargetHealthDescriptions: states.map((State) => ({ TargetHealth: { State } })),
  });

  it.each([
    [['healthy', 'healthy'], 'healthy', '2 healthy of 2 wanted'],
    [['healthy', 'healthy', 'draining'], 'healthy', '2 healthy of 2 wanted, 1 draining'],
    [['healthy', 'unhealthy', 'initial'], 'unhealthy', '1 healthy of 2 wanted, 1 unhealthy, 1 initial'],
    [[], 'unhealthy', '0 healthy of 2 wanted'],
  ])('of %j is %s', async (states, state, says) => {
    const { client: elb } = client(() => targets(...states));
    const signs = await targetHealth(elb)(watching({ targetGroups: [group] }));
    expect(signs).toEqual([{ of: 'target group checkout-blue', shows: 'targets', state, says }]);
  });

  it.each([
    [[], 'unhealthy', '0 healthy of 0 wanted: no target serves users'],
    [['draining'], 'unhealthy', '0 healthy of 0 wanted, 1 draining: no target serves users'],
    [['healthy'], 'healthy', '1 healthy of 0 wanted'],
  ])('of %j is %s where the target was scaled to zero', async (states, state, says) => {
    const { client: elb } = client(() => targets(...states));
    const none = [{ ...group, wanted: 0 }];
    const signs = await targetHealth(elb)(watching({ targetGroups: none }));
    expect(signs).toMatchObject([{ state, says }]);
  });

  it('is that of the groups which Settle found to carry the traffic, where it found any', async () => {
    const AT = '2026-11-22T04:00:00.000Z';
    const green = { arn: arn.replace('blue', 'green'), wanted: 1 };
    const { client: elb } = client(() => targets('healthy'));
    const foreseen = watching({ targetGroups: [group] });
    const looks = [
      { state: 'settled', at: AT, summary: '', targetGroups: [green] },
      { state: 'settled', at: AT, summary: '' },
      { state: 'pending', summary: '', polls: 1, pollAgainInSeconds: 5 },
    ] as const;
    const signs = looks.map((settled) => targetHealth(elb)({ ...foreseen, settled }));
    expect((await Promise.all(signs)).map(([sign]) => sign?.of)).toEqual([
      'target group checkout-green',
      'target group checkout-blue',
      'target group checkout-blue',
    ]);
  });

  it('is unknown of a group that cannot be read, and of no other', async () => {
    const other = { arn: arn.replace('blue', 'green'), wanted: 0 };
    const { client: elb } = client(({ TargetGroupArn }) =>
      TargetGroupArn === arn ? refused('Throttling') : targets(),
    );
    const signs = await targetHealth(elb)(watching({ targetGroups: [group, other] }));
    expect(signs).toMatchObject([
      { state: 'unknown', says: 'could not be read: Throttling: Rate exceeded' },
      { state: 'healthy' },
    ]);
  });
});

describe('errors', () => {
  const arn =
    'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/checkout-blue/6d0ecf831eec9f09';
  const balancer =
    'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/50dc6c495c0c9188';
  const NOW = '2026-11-22T03:10:00.000Z';
  const SETTLED = { state: 'settled', at: '2026-11-22T03:06:40.000Z', summary: '' };
  const minutes = (values: Readonly<Record<string, number>>) => ({
    Timestamps: Object.keys(values).map((clock) => new Date(`2026-11-22T${clock}:00.000Z`)),
    Values: Object.values(values),
  });
  interface Metric {
    readonly MetricName: string;
    readonly Dimensions: readonly { readonly Value: string }[];
  }
  type Minutes = Readonly<Record<string, number>>;
  const looked = async (
    series: Readonly<Record<string, Minutes>>,
    {
      tags = {},
      LoadBalancerArns = [balancer],
      now = NOW,
    }: { tags?: object; LoadBalancerArns?: string[]; now?: string } = {},
  ) => {
    const balancers = Object.fromEntries(LoadBalancerArns.map((one) => [arn, one]));
    const { client: cloudwatch, inputs } = client(({ MetricDataQueries }) => ({
      MetricDataResults: (
        MetricDataQueries as { Id: string; MetricStat: { Metric: { MetricName: string } } }[]
      ).map(({ Id, MetricStat }) => ({ Id, ...minutes(series[MetricStat.Metric.MetricName] ?? {}) })),
    }));
    const { plan } = watching({ targetGroups: [{ arn, wanted: 2 }] });
    const rollback = { plan: { ...plan, tags }, settled: SETTLED } as unknown as InReversion;
    const source = errors({ cloudwatch, now: () => now }, Promise.resolve(balancers));
    return { signs: await source(rollback), inputs };
  };
  const RequestCount = { '03:08': 1000 };
  const target = (code: string, values: Minutes) => ({ [`HTTPCode_Target_${code}_Count`]: values });
  const answeredItself = (count: number) => ({ HTTPCode_ELB_5XX_Count: { '03:08': count } });

  it.each([
    ['answered', target('2XX', { '03:08': 1000 }), '0.0', 'healthy'],
    [
      '50 failed',
      { ...target('2XX', { '03:08': 950 }), ...target('5XX', { '03:08': 50 }) },
      '5.0',
      'healthy',
    ],
    [
      '51 failed',
      { ...target('2XX', { '03:08': 949 }), ...target('5XX', { '03:08': 51 }) },
      '5.1',
      'unhealthy',
    ],
    ['all timed out', answeredItself(1000), '100.0', 'unhealthy'],
    [
      'refused in part',
      { ...target('2XX', { '03:08': 600 }), ...target('5XX', { '03:08': 100 }), ...answeredItself(300) },
      '40.0',
      'unhealthy',
    ],
    [
      'redirected and not found',
      { ...target('3XX', { '03:08': 400 }), ...target('4XX', { '03:08': 600 }), ...answeredItself(900) },
      '0.0',
      'healthy',
    ],
    [
      'WebSockets, and another group fails',
      { ...target('2XX', { '03:08': 10 }), ...answeredItself(20) },
      '2.0',
      'healthy',
    ],
    [
      'failed a minute ago',
      { ...target('2XX', { '03:08': 1000 }), ...target('5XX', { '03:07': 400 }) },
      '0.0',
      'healthy',
    ],
  ])('of the newest minute: %s', async (_, series, share, state) => {
    const { signs } = await looked({ RequestCount, ...series });
    const says = `${share} % of 1000 requests failed, 5 % are tolerated`;
    expect(signs).toEqual([{ of: 'errors of target group checkout-blue', shows: 'errors', state, says }]);
  });

  it('of a minute that began before the way back settled are not those of what runs now', async () => {
    const before = { '03:06': 1000, '03:05': 1000 };
    const { signs } = await looked({ RequestCount: before, HTTPCode_Target_2XX_Count: before });
    expect(signs).toMatchObject([
      { state: 'unknown', says: 'no minute is known that began after 2026-11-22T03:06:40.000Z' },
    ]);
  });

  it.each([
    ['03:10:00', '03:09:00'],
    ['03:10:59', '03:09:00'],
    ['03:11:00', '03:10:00'],
  ])('are read at %s of minutes before %s, because the newest may be partial', async (clock, end) => {
    const { inputs } = await looked({ RequestCount }, { now: `2026-11-22T${clock}.000Z` });
    expect(inputs).toMatchObject([{ EndTime: new Date(`2026-11-22T${end}.000Z`) }]);
  });

  it('are tolerated as far as the tag says', async () => {
    const { signs } = await looked(
      { RequestCount, ...target('5XX', { '03:08': 9 }) },
      { tags: { 'lastgood:errors': '0' } },
    );
    expect(signs).toMatchObject([{ state: 'unhealthy' }]);
  });

  it('are asked for by the names that the load balancer reports under', async () => {
    const { inputs } = await looked({ RequestCount });
    const ofGroup = [
      { Name: 'TargetGroup', Value: 'targetgroup/checkout-blue/6d0ecf831eec9f09' },
      { Name: 'LoadBalancer', Value: 'app/shop/50dc6c495c0c9188' },
    ];
    const asked = inputs.flatMap(({ MetricDataQueries }) =>
      (MetricDataQueries as { MetricStat: { Metric: object } }[]).map(({ MetricStat }) => MetricStat.Metric),
    );
    expect(inputs).toMatchObject([{ StartTime: new Date('2026-11-22T03:05:00.000Z') }]);
    expect(asked).toMatchObject([
      { MetricName: 'RequestCount', Dimensions: ofGroup },
      { MetricName: 'HTTPCode_Target_2XX_Count', Dimensions: ofGroup },
      { MetricName: 'HTTPCode_Target_3XX_Count', Dimensions: ofGroup },
      { MetricName: 'HTTPCode_Target_4XX_Count', Dimensions: ofGroup },
      { MetricName: 'HTTPCode_Target_5XX_Count', Dimensions: ofGroup },
      { MetricName: 'HTTPCode_ELB_5XX_Count', Dimensions: ofGroup.slice(1) },
    ]);
  });

  it('are no sign without requests, or without a load balancer', async () => {
    expect((await looked({})).signs).toEqual([]);
    expect((await looked({ RequestCount: { '03:08': 0 } })).signs).toEqual([]);
    expect((await looked({ RequestCount }, { LoadBalancerArns: [] })).signs).toEqual([]);
    const network = balancer.replace('/app/', '/net/');
    const soon = '2026-11-22T03:07:00.000Z';
    expect((await looked({}, { LoadBalancerArns: [network], now: soon })).signs).toEqual([]);
  });

  it('are unknown without requests until a whole minute since the way back settled is complete', async () => {
    const at = async (clock: string) => (await looked({}, { now: `2026-11-22T${clock}Z` })).signs;
    expect(await at('03:08:59.999')).toMatchObject([
      { state: 'unknown', says: 'no minute is known that began after 2026-11-22T03:06:40.000Z' },
    ]);
    expect(await at('03:09:00.000')).toEqual([]);
  });

  it('are unknown when they cannot be read', async () => {
    const { client: cloudwatch } = client(() => refused('Throttling'));
    const rollback = { plan: { ...watching({ targetGroups: [{ arn, wanted: 2 }] }).plan, tags: {} } };
    for (const balancers of [Promise.resolve({ [arn]: balancer }), Promise.reject(new Error('Throttling'))]) {
      const signs = await errors({ cloudwatch, now: () => NOW }, balancers)(rollback as never);
      expect(signs).toMatchObject([{ of: 'errors of target group checkout-blue', state: 'unknown' }]);
    }
  });

  it('of several groups are read in one call, each with its own load balancer', async () => {
    const green = arn.replace('blue', 'green');
    const { client: cloudwatch, inputs } = client(({ MetricDataQueries }) => ({
      MetricDataResults: (MetricDataQueries as { Id: string; MetricStat: { Metric: Metric } }[]).map(
        ({ Id, MetricStat: { Metric: metric } }) => {
          const isGreen = metric.Dimensions.some(({ Value }) => Value.includes('green'));
          const values = {
            RequestCount: { '03:08': isGreen ? 10 : 1000 },
            HTTPCode_Target_2XX_Count: isGreen ? {} : { '03:08': 1000 },
            HTTPCode_ELB_5XX_Count: { '03:08': metric.Dimensions[0]?.Value === 'app/other/1' ? 4 : 900 },
          }[metric.MetricName];
          return { Id, ...minutes(values ?? {}) };
        },
      ),
    }));
    const targetGroups = [arn, green].map((one) => ({ arn: one, wanted: 2 }));
    const rollback = { plan: { watch: { targetGroups }, tags: {} }, settled: SETTLED } as never;
    const balancers = { [arn]: balancer, [green]: balancer.replace('shop/50dc6c495c0c9188', 'other/1') };
    const signs = await errors({ cloudwatch, now: () => NOW }, Promise.resolve(balancers))(rollback);
    expect(inputs).toHaveLength(1);
    expect(signs).toMatchObject(
      [
        { of: 'errors of target group checkout-blue', state: 'healthy', says: /^0.0 % of 1000 / },
        { of: 'errors of target group checkout-green', state: 'unhealthy', says: /^40.0 % of 10 / },
      ].map((sign) => ({ ...sign, says: expect.stringMatching(sign.says) as string })),
    );
  });
});

describe('alarms', () => {
  const metric = (AlarmName: string, StateValue: string) => ({ AlarmName, StateValue });

  it('without data show silence where they count what does not happen while all is well', async () => {
    const errors = {
      ...metric('errors', 'INSUFFICIENT_DATA'),
      Namespace: 'AWS/ApplicationELB',
      MetricName: 'HTTPCode_Target_5XX_Count',
      Statistic: 'Sum',
      ComparisonOperator: 'GreaterThanThreshold',
    };
    const { client: cloudwatch } = client(() => ({
      MetricAlarms: [
        errors,
        { ...errors, AlarmName: 'red', StateValue: 'ALARM' },
        { ...errors, AlarmName: 'latency', MetricName: 'TargetResponseTime', Statistic: 'Average' },
      ],
      LogAlarms: [metric('log', 'INSUFFICIENT_DATA')],
    }));
    const names = ['errors', 'red', 'latency', 'log'];
    const signs = await alarms(reading(cloudwatch, NOTHING_ELSE))(watching({ alarms: names }));
    expect(signs.map(({ state, shows }) => [state, shows])).toEqual([
      ['unknown', 'silence'],
      ['unhealthy', undefined],
      ['unknown', undefined],
      ['unknown', undefined],
    ]);
  });

  it.each([
    ['20 periods of a minute', { Period: 60, EvaluationPeriods: 20 }, '2026-11-22T04:23:00.000Z'],
    ['one period of an hour', { Period: 3600, EvaluationPeriods: 1 }, '2026-11-22T06:00:00.000Z'],
    ['a day', { Period: 86_400, EvaluationPeriods: 1 }, undefined],
    ['no known range', {}, undefined],
  ])('over %s that are red count what was before until %s', async (_, range, until) => {
    const { client: cloudwatch } = client(() => ({
      MetricAlarms: [
        { ...metric('red', 'ALARM'), MetricName: 'Errors', ...range },
        { ...metric('good', 'OK'), MetricName: 'Errors', ...range },
      ],
      CompositeAlarms: [metric('both', 'ALARM')],
    }));
    const rollback = {
      ...watching({ alarms: ['red', 'good', 'both'] }),
      settled: { state: 'settled', at: '2026-11-22T04:00:00.000Z', summary: '' } as const,
    };
    const signs = await alarms(reading(cloudwatch, NOTHING_ELSE))(rollback);
    expect(signs.map(({ countsUntil }) => countsUntil)).toEqual([until, undefined, undefined]);
  });

  it('are each read by name, whatever their type, in one call', async () => {
    const { client: cloudwatch, inputs } = client(() => ({
      MetricAlarms: [metric('a', 'OK'), metric('b', 'ALARM'), metric('c', 'INSUFFICIENT_DATA')],
      CompositeAlarms: [metric('d', 'OK')],
      LogAlarms: [metric('e', 'OK')],
    }));
    const signs = await alarms(reading(cloudwatch, NOTHING_ELSE))(
      watching({ alarms: ['a', 'b', 'c', 'd', 'e', 'gone', 'a'] }),
    );
    expect(signs.map(({ of, state }) => [of, state])).toEqual([
      ['alarm a', 'healthy'],
      ['alarm b', 'unhealthy'],
      ['alarm c', 'unknown'],
      ['alarm d', 'healthy'],
      ['alarm e', 'healthy'],
      ['alarm gone', 'unknown'],
    ]);
    expect(inputs).toMatchObject([
      {
        AlarmNames: ['a', 'b', 'c', 'd', 'e', 'gone'],
        AlarmTypes: ['MetricAlarm', 'CompositeAlarm', 'LogAlarm'],
      },
    ]);
  });

  it('are asked for a hundred at a time', async () => {
    const names = Array.from({ length: 201 }, (_, i) => `alarm-${i}`);
    const { client: cloudwatch, inputs } = client(() => ({}));
    expect(await alarms(reading(cloudwatch, NOTHING_ELSE))(watching({ alarms: names }))).toHaveLength(201);
    expect(inputs.map(({ AlarmNames }) => (AlarmNames as string[]).length)).toEqual([100, 100, 1]);
  });

  it('are not asked for when there are none', async () => {
    const { client: cloudwatch, inputs } = client(() => ({}));
    expect(await alarms(reading(cloudwatch, NOTHING_ELSE))(watching({}))).toEqual([]);
    expect(inputs).toEqual([]);
  });

  it('that turned while the rollback ran are read with those that are watched, each once and in one call', async () => {
    const { client: cloudwatch, inputs } = client(() => ({
      MetricAlarms: [metric('a', 'OK'), metric('b', 'ALARM')],
    }));
    const signs = await alarms(reading(cloudwatch, turned('b', 'a', 'b')))(watching({ alarms: ['a'] }));
    expect(signs.map(({ of, state }) => [of, state])).toEqual([
      ['alarm a', 'healthy'],
      ['alarm b', 'unhealthy'],
    ]);
    expect(inputs).toMatchObject([{ AlarmNames: ['a', 'b'] }]);
  });

  it('that the judge set aside may be red, and are unknown where they cannot be read', async () => {
    const { client: cloudwatch } = client(() => ({
      MetricAlarms: [metric('a', 'ALARM'), metric('b', 'ALARM'), metric('c', 'INSUFFICIENT_DATA')],
    }));
    const setAside = ['a', 'b', 'c', 'gone'];
    const signs = await alarms(reading(cloudwatch, turned('b', 'c', 'gone')))(
      watching({ alarms: ['a'] }, { setAside }),
    );
    expect(signs.map(({ of, state }) => [of, state])).toEqual([
      ['alarm a', 'neutral'],
      ['alarm b', 'neutral'],
      ['alarm c', 'unknown'],
      ['alarm gone', 'unknown'],
    ]);
    expect(signs[0]?.says).toBe('is in ALARM, and was so already when the deployment began');
  });

  it('that the judge set aside count where a tag names them, and so do all others', async () => {
    const { client: cloudwatch } = client(() => ({
      MetricAlarms: [metric('a', 'ALARM'), metric('b', 'ALARM')],
    }));
    const known = { tags: { 'lastgood:alarms': 'a' }, setAside: ['a'] };
    const signs = await alarms(reading(cloudwatch, turned('b')))(watching({ alarms: ['a'] }, known));
    expect(signs.map(({ state }) => state)).toEqual(['unhealthy', 'unhealthy']);
  });

  it.each<[string, Pick<Claims, 'record'>, RegExp]>([
    ['cannot be read', { record: () => Promise.reject(new Error('throttled')) }, /throttled/],
    ['is not there', { record: () => Promise.resolve(null) }, /is missing/],
  ])('that turned during the rollback are not known where the record %s', async (_why, claims, says) => {
    const { client: cloudwatch } = client(() => ({ MetricAlarms: [metric('a', 'OK')] }));
    const signs = await alarms(reading(cloudwatch, claims))(watching({ alarms: ['a'] }));
    expect(signs).toEqual([
      { of: 'alarm a', state: 'healthy', says: 'is OK' },
      {
        of: 'alarms that turned during the rollback',
        state: 'unknown',
        says: expect.stringMatching(says) as string,
      },
    ]);
  });

  it('that turned after the record was full are not known, and those in it are read', async () => {
    const { client: cloudwatch } = client(() => ({ MetricAlarms: [metric('b', 'OK')] }));
    const full = Array.from({ length: 20 }, () => 'b');
    const signs = await alarms(reading(cloudwatch, turned(...full)))(watching({}));
    expect(signs).toMatchObject([
      { of: 'alarm b', state: 'healthy' },
      { state: 'unknown', says: 'only the first 20 triggers are kept, and there may be more' },
    ]);
    expect(await alarms(reading(cloudwatch, turned(...full.slice(1))))(watching({}))).toHaveLength(1);
  });

  it('are unknown when they cannot be read', async () => {
    const { client: cloudwatch } = client(() => refused('ThrottlingException'));
    const signs = await alarms(reading(cloudwatch, NOTHING_ELSE))(watching({ alarms: ['a', 'b'] }));
    expect(signs.map(({ state }) => state)).toEqual(['unknown', 'unknown']);
  });
});

describe('probes', () => {
  const url = 'https://checkout.example.com/health';
  const look = (ask: Ask) => probes(ask)(watching({ probes: [url] }));

  it.each([
    [200, 'healthy'],
    [204, 'healthy'],
    [302, 'unhealthy'],
    [503, 'unhealthy'],
  ])('that answer %d are %s', async (status, state) => {
    const signs = await look(() => Promise.resolve({ response: new Response(null, { status }), seconds: 1 }));
    expect(signs).toEqual([{ of: `probe ${url}`, state, says: `answered ${status}` }]);
  });

  it('that answer slowly say after how long, and it changes nothing else', async () => {
    const signs = await look(() => Promise.resolve({ response: new Response(null), seconds: 2.46 }));
    expect(signs).toEqual([{ of: `probe ${url}`, state: 'healthy', says: 'answered 200 after 2.5 s' }]);
  });

  it('that give no answer within five seconds are unknown', async () => {
    const signs = await look((_, milliseconds) =>
      Promise.reject(new NoAnswer(`no answer within ${milliseconds} ms`)),
    );
    expect(signs).toMatchObject([
      { state: 'unknown', says: expect.stringContaining('within 5000 ms') as string },
    ]);
  });
});
