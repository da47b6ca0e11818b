import { describe, expect, test } from 'vitest';
import { onRequest } from '../../../functions/on-request/on-request.ts';
import type { Emitter } from '../../../src/events/emit.ts';
import type { Requesters } from '../../../src/targets/requesters.ts';
import type { TakingHandovers } from '../../../functions/on-request/on-rollback-answered.ts';
import type { Taking } from '../../../src/ledger/handovers.ts';
import type { ReportedStep } from '../../../src/ledger/reports.ts';
import type { TakingAnswers } from '../../../functions/on-request/on-storm-answered.ts';
import type { Answered } from '../../../src/ledger/storms.ts';
import { altered, fixture } from '../../src/targets/fixtures.ts';
import { createFakeStarter } from '../starter.ts';

const OWN = '210987654321';
const OTHER = '444455556666';

const HANDOVER = {
  id: '0a1b2c3d4e5f60718293a4b5c6d7e8f9',
  target: 'external:argocd/checkout',
  sources: ['argocd.shop'],
  wantedAt: '2026-11-20T09:20:00.000Z',
  until: '2026-11-20T09:50:00.000Z',
};

function setUp(
  may: Partial<Requesters> = {},
  busError?: Error,
  taken: Answered = { is: 'taken', number: 1 },
  taking: Taking = { is: 'taken', handover: HANDOVER },
) {
  const requesters = { own: OWN, accounts: [], organization: false, ...may };
  const starter = createFakeStarter();
  const published: [string, unknown][] = [];
  const answered: object[] = [];
  const sent: string[] = [];
  const answers: TakingAnswers = {
    storms: { answer: (storm, answer) => Promise.resolve((answered.push({ storm, ...answer }), taken)) },
    sendAnswer: (storm, list) => Promise.resolve(void sent.push(`${storm} ${list}`)),
  };
  const frozen: object[] = [];
  const freezes = {
    freeze: (freeze: object) => Promise.resolve(void frozen.push(freeze)),
    unfreeze: (target: string) => Promise.resolve(target === 'ecs:prod/checkout'),
  };
  const handed: unknown[] = [];
  const arrived: ReportedStep[] = [];
  const handing: TakingHandovers = {
    handovers: { answer: (...answer) => Promise.resolve((handed.push(answer), taking)) },
    reports: { keep: (step) => Promise.resolve(void arrived.push(step)) },
  };
  const emitter: Emitter = {
    emit: (detailType, detail) =>
      busError ? Promise.reject(busError) : Promise.resolve(void published.push([detailType, detail])),
  };
  return {
    starter,
    published,
    answered,
    sent,
    frozen,
    handed,
    arrived,
    handle: onRequest({
      ...{ starter, emitter, requesters, answers, freezes, handing },
      now: () => '2026-11-20T09:30:01.000Z',
    }),
  };
}

describe('a request', () => {
  test('starts a rollback, once', async () => {
    const { starter, published, handle } = setUp();
    await handle(fixture('rollback-requested'));
    await handle(fixture('rollback-requested'));
    expect(starter.started).toMatchObject([
      { target: 'ecs:prod/checkout', reason: 'Basket totals are wrong since 4.12' },
    ]);
    expect(published).toEqual([]);
  });

  test('may have a time that is a minute ahead, because clocks differ', async () => {
    const { starter, handle } = setUp();
    await handle(altered('rollback-requested', ['time'], '2026-11-20T09:31:01Z'));
    expect(starter.started).toHaveLength(1);
  });

  test('of the future is rejected on the bus', async () => {
    const { starter, published, handle } = setUp();
    const event = altered('rollback-requested', ['time'], '2026-11-20T09:31:02Z');
    expect(await handle(event)).toMatchObject({ kind: 'rejected', field: 'time' });
    expect(published).toMatchObject([
      ['Rollback Rejected', { field: 'time', problem: 'must not be more than 60 seconds in the future' }],
    ]);
    expect(starter.started).toEqual([]);
  });

  test('that is malformed is rejected on the bus, and not thrown', async () => {
    const { starter, published, handle } = setUp();
    const event = altered('rollback-requested', ['detail', 'target'], 'prod/checkout');
    expect(await handle(event)).toMatchObject({ kind: 'rejected', field: 'detail.target' });
    const problem = expect.stringContaining('"prod/checkout" must begin with a kind: ') as string;
    const request = '5d0b7c1e-83a4-4e69-9f12-6c2ab8e07d35';
    const rejection = {
      version: '1',
      request,
      field: 'detail.target',
      problem,
      source: 'shop.release-train',
      account: OWN,
      rejectedAt: '2026-11-20T09:30:01.000Z',
    };
    expect(published).toEqual([['Rollback Rejected', rejection]]);
    expect(starter.started).toEqual([]);
  });

  test.each([
    ['lastgood', 'source', /own events/],
    ['aws.ecs', 'source', /AWS service/],
  ])('with the source %s is refused', async (source, field, problem) => {
    const { starter, published, handle } = setUp();
    expect(await handle(altered('rollback-requested', ['source'], source))).toMatchObject({ field });
    expect(published).toMatchObject([['Rollback Rejected', { field, source }]]);
    expect(JSON.stringify(published)).toMatch(problem);
    expect(starter.started).toEqual([]);
  });

  test('of a partner starts a rollback', async () => {
    const { starter, handle } = setUp();
    await handle(altered('rollback-requested', ['source'], 'aws.partner/example.com/alerts'));
    expect(starter.started).toHaveLength(1);
  });

  test('of another account starts a rollback if that account, or its organization, may request', async () => {
    const event = altered('rollback-requested', ['account'], OTHER);
    for (const may of [{ accounts: [OTHER] }, { organization: true }]) {
      const { starter, handle } = setUp(may);
      await handle(event);
      expect(starter.started).toHaveLength(1);
    }
  });

  test('of an account that may not request is refused', async () => {
    const { starter, published, handle } = setUp({ accounts: ['777788889999'] });
    expect(await handle(altered('rollback-requested', ['account'], OTHER))).toMatchObject({
      field: 'account',
    });
    expect(published).toMatchObject([['Rollback Rejected', { field: 'account', account: OTHER }]]);
    expect(starter.started).toEqual([]);
  });

  test('is retried if its rejection could not be published', async () => {
    const { handle } = setUp({}, new Error('the bus is away'));
    await expect(handle(altered('rollback-requested', ['source'], 'lastgood'))).rejects.toThrow('away');
  });

  test('is no other event of the bus', async () => {
    const { starter, published, handle } = setUp();
    expect(await handle(altered('rollback-requested', ['detail-type'], 'Rollback Rejected'))).toMatchObject({
      kind: 'ignored',
    });
    expect([starter.started, published]).toEqual([[], []]);
  });
});

describe('an answer to a storm', () => {
  const LIST = 'a'.repeat(64);
  const event = (detail: object = {}, more: object = {}) => ({
    ...{ id: 'one', source: 'cli', account: OWN, time: '2026-11-20T09:30:00Z' },
    'detail-type': 'Rollback Storm Answered',
    detail: { storm: 'storm-1', list: LIST, choice: 'all', answeredBy: 'ada', ...detail },
    ...more,
  });

  test('is taken with its list and its sender, and sent', async () => {
    const { handle, answered, sent, published, starter } = setUp();
    await handle(event());
    const at = '2026-11-20T09:30:00.000Z';
    expect(answered).toEqual([{ storm: 'storm-1', choice: 'all', by: 'ada', at, list: LIST }]);
    expect(sent).toEqual([`storm-1 ${LIST}`]);
    expect([...published, ...starter.started]).toEqual([]);
  });

  test('may have a time that is a minute ahead, because clocks differ', async () => {
    const { handle, sent } = setUp();
    await handle(event({}, { time: '2026-11-20T09:31:01Z' }));
    expect(sent).toHaveLength(1);
  });

  test('to a list that was answered is rejected, and says by whom', async () => {
    const before = { choice: 'none', by: 'slack:U1', at: '2026-11-20T09:29:00.000Z', list: LIST } as const;
    const { handle, sent, published } = setUp({}, undefined, { is: 'answered', answer: before });
    await handle(event());
    expect(sent).toEqual([]);
    expect(published).toMatchObject([
      [
        'Rollback Rejected',
        { field: 'detail.list', problem: expect.stringContaining('by slack:U1') as unknown },
      ],
    ]);
  });

  test.each<[string, object, object, string]>([
    ['to no list', { list: 'short' }, {}, 'detail.list'],
    ['of an unknown choice', { choice: 'some' }, {}, 'detail.choice'],
    ['with another field', { targets: [] }, {}, 'detail.targets'],
    ['in the name of a person in Slack', { answeredBy: 'slack:U1' }, {}, 'detail.answeredBy'],
    ['as Lastgood', {}, { source: 'lastgood' }, 'source'],
    ['from another account', {}, { account: OTHER }, 'account'],
    ['of the future', {}, { time: '2026-11-20T09:31:02Z' }, 'time'],
  ])('%s is rejected', async (_, detail, more, field) => {
    const { handle, answered, sent, published } = setUp({ accounts: [OTHER], organization: true });
    await handle(event(detail, more));
    expect(published).toMatchObject([['Rollback Rejected', { field }]]);
    expect([...answered, ...sent]).toEqual([]);
  });

  test('that names no list of the storm is rejected', async () => {
    const { handle, published } = setUp({}, undefined, { is: 'unknown' });
    await handle(event());
    expect(published).toMatchObject([['Rollback Rejected', { problem: 'is no list of this storm' }]]);
  });
});

describe('a freeze', () => {
  const asked = (type: string, detail: object, more: object = {}) => ({
    ...{ version: '0', id: '1', source: 'lastgood.cli', account: OWN, region: 'eu-west-1' },
    ...{ time: '2026-11-20T09:30:00Z', resources: [], 'detail-type': type, detail },
    ...more,
  });
  const FREEZE = 'Rollback Freeze Requested';
  const target = 'ecs:prod/checkout';
  const reason = 'the sale begins';

  test('is kept with its end, and published', async () => {
    const { handle, frozen, published } = setUp();
    const until = '2026-11-20T12:00:00+01:00';
    await handle(asked(FREEZE, { target, reason, until, requestedBy: 'arn:aws:iam::111122223333:user/ada' }));
    const by = 'arn:aws:iam::111122223333:user/ada';
    const end = '2026-11-20T11:00:00.000Z';
    expect(frozen).toEqual([{ target, reason, by, at: '2026-11-20T09:30:00.000Z', until: end }]);
    expect(published).toMatchObject([['Rollback Frozen', { target, reason, by, until: end }]]);
  });

  test('ends, and that is published', async () => {
    const { handle, published } = setUp();
    await handle(asked('Rollback Unfreeze Requested', { target }));
    expect(published).toMatchObject([['Rollback Unfrozen', { target, by: 'lastgood.cli' }]]);
  });

  test.each([
    ['detail.until', { target, reason, until: 'tomorrow' }, {}],
    ['detail.until', { target, reason, until: '2026-11-20T09:30:00Z' }, {}],
    ['detail.untill', { target, reason, untill: '2026-11-20T12:00:00Z' }, {}],
    ['detail.reason', { target }, {}],
    ['detail.reason', { target, reason: ' ' }, {}],
    ['detail.target', { target: 'checkout', reason }, {}],
    ['detail.requestedBy', { target, reason, requestedBy: 'slack:U1' }, {}],
    ['time', { target, reason }, { time: '2026-11-20T09:45:00Z' }],
    ['time', { target, reason }, { time: 'now' }],
    ['account', { target, reason }, { account: '444455556666' }],
    ['detail.target', { target: 'ecs:prod/other' }, { 'detail-type': 'Rollback Unfreeze Requested' }],
    ['detail.reason', { target, reason }, { 'detail-type': 'Rollback Unfreeze Requested' }],
  ])('with a wrong %s is rejected on the bus', async (field, detail, more) => {
    const { handle, frozen, published } = setUp();
    expect(await handle(asked(FREEZE, detail, more))).toMatchObject({ kind: 'rejected', field });
    expect(frozen).toEqual([]);
    expect(published).toMatchObject([['Rollback Rejected', { field }]]);
  });
});

describe('an answer to a handover', () => {
  const ANSWERED = 'rollback-answered';

  test('is stored, and what the system brought back is kept as a deployment', async () => {
    const { handed, arrived, published, handle } = setUp();
    await handle(fixture(ANSWERED));
    expect(handed).toEqual([
      [HANDOVER.id, 'argocd.shop', { state: 'done', revision: '3f2a9c1' }, '2026-11-20T09:30:01.000Z'],
    ]);
    expect(arrived).toEqual([
      {
        target: HANDOVER.target,
        deployment: `rollback-${HANDOVER.id} 3f2a9c1 argocd.shop`,
        state: 'completed',
        at: '2026-11-20T09:30:01.000Z',
      },
    ]);
    expect(published).toEqual([]);
  });

  test('without an arrival is only stored', async () => {
    const { handed, arrived, handle } = setUp();
    const detail = { rollback: HANDOVER.id, state: 'refused', reason: 'auto-sync is on' };
    await handle(altered(ANSWERED, ['detail'], detail));
    expect([handed.length, arrived.length]).toEqual([1, 0]);
  });

  test.each<[string, Taking, string, RegExp]>([
    ['an unknown id', { is: 'unknown' }, 'detail.rollback', /is no rollback/],
    [
      'another source',
      { is: 'stranger', handover: HANDOVER },
      'source',
      /lastgood:source names argocd\.shop/,
    ],
    ['the deadline', { is: 'late', handover: HANDOVER }, 'detail.rollback', /until 2026-11-20T09:50/],
    [
      'an earlier end',
      { is: 'answered', handover: HANDOVER, final: { state: 'refused', reason: 'no' } },
      'detail.rollback',
      /was answered before: refused/,
    ],
  ])('is rejected for %s, and keeps nothing', async (_, taking, field, problem) => {
    const { arrived, published, handle } = setUp({}, undefined, undefined, taking);
    await handle(fixture(ANSWERED));
    expect(arrived).toEqual([]);
    expect(published).toMatchObject([
      ['Rollback Rejected', { field, problem: expect.stringMatching(problem) as string }],
    ]);
  });

  test.each([
    ['an unknown state', ['detail', 'state'], 'succeeded', 'detail.state'],
    ['no id', ['detail', 'rollback'], 'x', 'detail.rollback'],
    ['an unknown field', ['detail', 'token'], 'x', 'detail.token'],
    ['a blank revision', ['detail', 'revision'], ' ', 'detail.revision'],
    ['the source of Lastgood', ['source'], 'lastgood', 'source'],
    ['another account', ['account'], OTHER, 'account'],
  ])('with %s is rejected before the table is asked', async (_, path, value, field) => {
    const { handed, published, handle } = setUp();
    await handle(altered(ANSWERED, path, value));
    expect(handed).toEqual([]);
    expect(published).toMatchObject([['Rollback Rejected', { field }]]);
  });
});
