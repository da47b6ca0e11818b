import { describe, expect, test } from 'vitest';
import { readIncident } from '../../../../scripts/judge/incident.ts';
import { progressedBy } from '../../../../scripts/lastgood/incident/progress.ts';
import { textOf } from '../../../../scripts/lastgood/incident/text.ts';
import { toIncident } from '../../../../scripts/lastgood/incident/to-incident.ts';
import type { Background, Moment } from '../../../../scripts/lastgood/incident/moment.ts';
import type { Entry, ObservedRevision } from '../../../../src/ledger/ledger.ts';
import type { RollbackRecord } from '../../../../src/ledger/claims.ts';
import type { Measured } from '../../../../src/rollback/facts.ts';
import type { Deployment, Plan } from '../../../../src/rollback/plan.ts';
import { without } from '../../../src/rollback/judge-facts.ts';
import { ALARM, at, BACKGROUND, BAD, BY_ALARM, GOOD, NEW, OLD, PLAN, MOMENT, TARGET } from './checkout.ts';

const written = (moment: Partial<Moment> = {}, background: Partial<Background> = {}) =>
  toIncident('one', [{ ...MOMENT, ...moment }], { ...BACKGROUND, ...background });

const planWith = (recent: readonly Deployment[]): Plan => ({ ...PLAN, recent });

const OBSERVED: ObservedRevision = {
  target: TARGET,
  deployment: NEW.id,
  completedAt: at('03:03'),
  soakUntil: at('03:33'),
};
const proven = (provenAt: string): Entry => ({
  state: 'proven',
  target: TARGET,
  revision: GOOD,
  completedAt: at('01:05'),
  provenAt,
  evidence: ['it was quiet'],
});
const condemned = (condemnedAt: string): Entry => ({
  state: 'condemned',
  target: TARGET,
  revision: BAD,
  condemnedAt,
  evidence: ['it hurt'],
  execution: 'another',
});

describe('deployments', () => {
  const deployments = (...recent: readonly Deployment[]) => written({ plan: planWith(recent) }).deployments;

  test('are written oldest first, with what they replaced and with equal text for equal content', () => {
    const back = { ...OLD, id: 'deployment-43', startedAt: at('03:02'), isRollback: true };
    const [first, second, third] = deployments(back, NEW, OLD);
    expect([first?.id, second?.id, third?.id]).toEqual([OLD.id, NEW.id, 'deployment-43']);
    expect([first?.replaced, second?.replaced, third?.replaced]).toEqual([undefined, GOOD.id, BAD.id]);
    expect([first?.isRollback, third?.isRollback]).toEqual([undefined, true]);
    expect(first?.revision?.content).toBe(third?.revision?.content);
    expect(first?.revision?.content).not.toBe(second?.revision?.content);
  });

  test('are over exactly if they have an end', () => {
    const on = deployments({ ...NEW, state: 'in-flight' }, OLD);
    expect(on.map(({ state, finishedAt }) => [state, finishedAt])).toEqual([
      ['completed', OLD.finishedAt],
      ['in-flight', undefined],
    ]);
  });

  test('are failed if AWS went back, and not if it left them', () => {
    const third = { ...NEW, id: 'deployment-43' };
    const wentBack = deployments(third, { ...NEW, state: 'failed' }, OLD);
    expect(wentBack.map(({ state }) => state)).toEqual(['completed', 'failed', 'completed']);
    expect(wentBack[2]?.replaced).toBe(GOOD.id);
    const remains = deployments(third, { ...NEW, state: 'failed', remains: true }, OLD);
    expect(remains.map(({ state }) => state)).toEqual(['completed', 'completed', 'completed']);
    expect(remains[2]?.replaced).toBe(BAD.id);
  });

  test("of the target's dependencies are written by their end", () => {
    const dependency = { target: 'ecs:prod/search', relation: 'dependency', isEnd: true } as const;
    const dependencies = [at('03:06'), at('02:50')].map((startedAt) => ({ ...dependency, startedAt }));
    expect(written({}, { dependencies }).deployments.filter(({ relation }) => relation !== 'this')).toEqual([
      {
        id: `ecs:prod/search ${at('02:50')}`,
        target: 'ecs:prod/search',
        relation: 'dependency',
        startedAt: at('02:50'),
        finishedAt: at('02:50'),
        state: 'completed',
      },
    ]);
  });
});

describe('three minutes later', () => {
  const inFlight: Deployment = { ...NEW, state: 'in-flight' };

  test('an ended deployment stays ended', () => {
    expect(progressedBy(PLAN, [], at('03:08'))?.recent).toEqual(PLAN.recent);
  });

  test.each([
    ['the event that it completed', { state: 'candidate', ...OBSERVED }],
    ['the proof', { ...proven(at('03:40')), revision: BAD, completedAt: at('03:03') }],
  ] as const)('a deployment in flight has completed, by %s', (_, entry) => {
    const plan = progressedBy(planWith([inFlight, OLD]), [entry], at('03:08'));
    expect(plan?.recent?.[0]).toMatchObject({ state: 'completed', finishedAt: at('03:03') });
    expect(progressedBy(planWith([inFlight, OLD]), [entry as Entry], at('03:02'))).toBeNull();
  });

  test('the progress of a deployment in flight is not known otherwise', () => {
    const before = { ...proven(at('02:00')), revision: BAD, completedAt: at('01:00') } as Entry;
    expect(progressedBy(planWith([inFlight, OLD]), [before, condemned(at('03:07'))], at('03:08'))).toBeNull();
  });
});

describe('the ledger', () => {
  const ledger = (...entries: readonly Entry[]) => written({}, { entries }).ledger;

  test('is written as it was then', () => {
    expect(ledger(condemned(at('03:20')), { state: 'observed', ...OBSERVED }, proven(at('01:35')))).toEqual([
      { revision: GOOD.id, state: 'proven', at: at('01:35') },
      { revision: BAD.id, state: 'candidate', at: at('03:03') },
    ]);
    expect(ledger(condemned(at('03:00')), proven(at('03:06')))).toEqual([
      { revision: BAD.id, state: 'condemned', at: at('03:00') },
    ]);
  });

  test('names a deployment of ECS by the number of its revision', () => {
    const revision = { id: 'arn:aws:ecs:eu-west-1:1:service-revision/prod/checkout/77', name: 'checkout:42' };
    const observed = (number: string): Entry => ({
      state: 'candidate',
      ...OBSERVED,
      deployment: `ecs-svc/${number}`,
    });
    const ledgerFor = (number: string) =>
      written({ plan: planWith([{ ...NEW, revision }, OLD]) }, { entries: [observed(number)] }).ledger;
    expect(ledgerFor('77')).toMatchObject([{ revision: revision.id, state: 'candidate' }]);
    expect(ledgerFor('7')).toEqual([]);
  });
});

test("the last known good is the plan's destination, or null without one", () => {
  expect(written().lastKnownGood).toBe(GOOD.id);
  const entries = [proven(at('01:35'))];
  for (const state of ['nothing-to-do', 'no-way-back'] as const)
    expect(written({ plan: without(state, 'gone') }, { entries }).lastKnownGood).toBeNull();
});

describe('earlier rollbacks', () => {
  const record = (more: Partial<RollbackRecord>): RollbackRecord => ({
    target: TARGET,
    execution: 'earlier',
    startedAt: at('02:00'),
    request: BY_ALARM,
    alsoTriggeredBy: [],
    automatic: true,
    from: BAD.id,
    outcome: { state: 'rolled-back', at: at('02:10'), reason: 'because', advice: [] },
    ...more,
  });

  test('are written as they were then', () => {
    const outcome = { state: 'failed-dirty', at: at('03:06'), reason: '', advice: [] } as const;
    const records = [
      record({ execution: 'running', startedAt: at('03:04'), outcome }),
      record({}),
      record({ execution: BACKGROUND.execution, startedAt: at('03:04') }),
      record({ execution: 'next', startedAt: at('03:20') }),
      record({ execution: 'old', startedAt: '2026-11-18T03:00:00.000Z' }),
    ];
    expect(written({}, { records }).rollbacks).toEqual([
      { startedAt: at('02:00'), endedAt: at('02:10'), outcome: 'rolled-back', automatic: true, from: BAD.id },
      { startedAt: at('03:04'), automatic: true },
    ]);
  });
});

describe('the measurements', () => {
  test('are written as far as they were published', () => {
    const measured: Measured = {
      metric: 'latency',
      relation: 'this',
      revision: BAD.id,
      zone: 'eu-west-1a',
      series: { start: at('03:00'), periodSeconds: 60, values: [1, 2, 3, 4, 5] },
    };
    const seriesAt = (instant: string) => written({ at: instant, measured: [measured] }).series;
    expect(seriesAt('2026-11-22T03:04:44.000Z')).toEqual([
      {
        metric: 'latency',
        stat: 'p95',
        unit: 'Seconds',
        of: { target: TARGET, relation: 'this', revision: BAD.id, zone: 'eu-west-1a' },
        start: at('03:00'),
        periodSeconds: 60,
        values: [1, 2, 3, null, null],
      },
    ]);
    expect(seriesAt('2026-11-22T03:04:45.000Z')?.[0]?.values).toEqual([1, 2, 3, 4, null]);
  });
});

describe('changes', () => {
  const change = { kind: 'flag', subject: 'appconfig:shop/prod/flags', relation: 'this' } as const;

  test('are written oldest first, and left out when none was kept', () => {
    const changes = [at('03:06'), at('02:58'), at('02:40')].map((when) => ({ ...change, at: when }));
    expect(written({ changes }).changes?.map(({ at: when }) => when)).toEqual([at('02:40'), at('02:58')]);
    expect(written({ changes: changes.slice(0, 1) })).not.toHaveProperty('changes');
  });
});

test('an incident can be read, and its series are one line each', () => {
  const values = [1.5, null, 2e-7, -3];
  const measured: Measured = {
    metric: 'requests',
    relation: 'this',
    series: { start: at('03:00'), periodSeconds: 60, values },
  };
  const text = textOf(
    toIncident('one', [{ ...MOMENT, at: at('03:10'), measured: [measured] }, MOMENT], {
      ...BACKGROUND,
      alarms: [{ name: ALARM.alarm, changes: [{ at: ALARM.at, from: 'OK', to: 'ALARM' }] }],
    }),
  );
  expect(text).toContain('"values": [ 1.5, null, 2e-7, -3 ]');
  const read = readIncident(JSON.parse(text));
  expect(read).toMatchObject({
    id: 'one',
    series: [{ values }],
    later: [{ id: 'one', decidedAt: MOMENT.at }],
  });
  expect(JSON.parse(text)).not.toHaveProperty('truth');
});

test('no secret of a target or of a request is in an incident', () => {
  const secret = 'hunter2-9f8e7d';
  const trigger = { ...ALARM, reason: `the token is ${secret}`, forged: secret };
  const tags = {
    ...PLAN.tags,
    'lastgood:probe': `https://ada:${secret}@example.com/?key=${secret}`,
    'lastgood:prometheus': secret,
    owner: secret,
    lastgoodly: secret,
  };
  const content = `environment TOKEN=${secret}`;
  const plan: Plan = {
    ...PLAN,
    tags,
    recent: [{ ...NEW, content }, OLD],
    watch: { ...PLAN.watch, probes: [`https://example.com/${secret}`] },
    notes: [secret],
    reads: [secret],
    memo: { secret },
  };
  const records: RollbackRecord = {
    target: TARGET,
    execution: 'earlier',
    startedAt: at('02:00'),
    request: { ...BY_ALARM, reason: secret },
    alsoTriggeredBy: [{ ...BY_ALARM, reason: secret }],
    automatic: true,
    outcome: { state: 'rolled-back', at: at('02:10'), reason: secret, advice: [secret] },
  };
  const evidence = { ...proven(at('01:35')), evidence: [secret] } as Entry;
  const incident = written(
    { plan, request: { ...BY_ALARM, reason: secret, trigger } },
    { records: [records], entries: [evidence] },
  );
  expect(textOf(incident)).not.toContain(secret);
  expect(incident.target.tags).toEqual({ lastgood: 'auto' });
  expect([incident.rollbacks?.length, incident.ledger?.length]).toEqual([1, 1]);
});
