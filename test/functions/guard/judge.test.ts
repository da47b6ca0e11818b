import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { StackStatus, Stacks } from '../../../src/ledger/stacks.ts';
import { describe, expect, test, vi } from 'vitest';
import type { Alarms } from '../../../functions/guard/alarms.ts';
import type { PauseOrder } from '../../../src/rollback/pause.ts';
import type { AbsentAlarms } from '../../../functions/guard/absent-alarms.ts';
import type { OwnRed } from '../../../functions/guard/own-red.ts';
import type { NoteStorm } from '../../../functions/guard/note-storm.ts';
import type { ReadCircumstances } from '../../../functions/guard/circumstances.ts';
import { planHash } from '../../../src/approvals/plan-hash.ts';
import { review } from '../../../functions/guard/review.ts';
import { judge } from '../../../functions/guard/judge.ts';
import type { Claims, RollbackRecord } from '../../../src/ledger/claims.ts';
import type { Freeze, Freezes } from '../../../src/ledger/freezes.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import type { Judgeable } from '../../../src/rollback/document.ts';
import type { Heard, Request } from '../../../src/rollback/request.ts';
import type { Plan } from '../../../src/rollback/plan.ts';
import type { Turns } from '../../../src/lambda/turns.ts';
import type { Turn } from '../../../src/rollback/turn.ts';
import { redAlarm } from './cloudwatch.ts';
import type { TurnedBefore } from '../../../src/rollback/facts.ts';
import * as given from '../../src/rollback/judge-facts.ts';

const RECORD: RollbackRecord = {
  target: given.TARGET,
  execution: 'before',
  startedAt: given.at('02:20'),
  request: given.BY_ALARM,
  alsoTriggeredBy: [],
  automatic: true,
};
const CONDEMNED: Entry = {
  state: 'condemned',
  target: given.TARGET,
  revision: given.BAD,
  condemnedAt: given.at('00:00'),
  evidence: [],
  execution: 'before',
};

const CLAIM = { kind: 'ecs', holder: 'now', since: given.NOW, expiresAt: given.NOW };

function judging(
  found: {
    entries?: readonly Entry[];
    records?: readonly RollbackRecord[];
    request?: Request;
    plan?: Plan;
    freeze?: Freeze;
    stack?: StackStatus;
    before?: Pick<Judgeable, 'approval' | 'verdict' | 'listened'>;
    red?: readonly MetricAlarm[];
    claim?: Judgeable['claim'];
    stormsAreOff?: boolean;
    isStorm?: boolean;
    isLook?: true;
    turn?: Turn;
    ownRed?: readonly string[];
    pause?: PauseOrder;
    absentAlarms?: readonly string[];
    turnedBefore?: readonly TurnedBefore[];
    /** The record of the rollback that is judged. */
    own?: RollbackRecord;
  } = {},
) {
  const record = vi.fn<Claims['record']>().mockResolvedValue(found.own ?? null);
  const entries = vi.fn().mockResolvedValue(found.entries ?? []);
  const records = vi.fn().mockResolvedValue(found.records ?? []);
  const freezes = { of: vi.fn<Freezes['of']>().mockResolvedValue(found.freeze ?? null) };
  const stacks = { of: vi.fn<Stacks['of']>().mockResolvedValue(found.stack ?? null) };
  const alarms = {
    history: vi
      .fn<Alarms['history']>()
      .mockResolvedValue(given.found([given.turned('03:04', 'OK', 'ALARM')])),
    turnedBefore: vi.fn<Alarms['turnedBefore']>().mockResolvedValue(found.turnedBefore ?? []),
  };
  const circumstances = vi.fn<ReadCircumstances>().mockResolvedValue({
    arrived: 0,
    red: given.found({ metricAlarms: found.red ?? [], all: found.red ?? [], isComplete: true }),
  });
  const noteStorm = vi.fn<NoteStorm>().mockResolvedValue();
  const waitFor = vi.fn<Claims['waitFor']>().mockResolvedValue();
  const rollback: Judgeable = {
    request: found.request ?? given.BY_ALARM,
    ...(found.isLook !== true && { execution: 'now', claim: found.claim ?? CLAIM }),
    plan: found.plan ?? given.planOf(),
    ...found.before,
  };
  const turns = { of: vi.fn<Turns['of']>().mockResolvedValue(found.turn) };
  const ownRed = vi.fn<OwnRed>().mockResolvedValue(given.found(found.ownRed ?? []));
  const absentAlarms = vi.fn<AbsentAlarms>().mockResolvedValue(given.found(found.absentAlarms ?? []));
  const gathering = {
    ...{ ledger: { entries }, claims: { records, record, waitFor }, freezes, stacks, alarms },
    ...{ circumstances: () => circumstances, stormsAreOff: found.stormsAreOff ?? false },
    ...{ ownRed, readPause: () => Promise.resolve(found.pause ?? null), absentAlarms },
  };
  const run = () =>
    judge(
      {
        ...{ ...gathering, turns, noteStorm },
        storms: { arrived: () => Promise.resolve(found.isStorm === true ? Infinity : 0) },
        probe: () => Promise.resolve([]),
      },
      () => given.NOW,
    )({ verb: 'judge', rollback });
  return {
    run,
    reviewed: () => review(gathering, () => given.NOW)({ verb: 'review', rollback }),
    alarms,
    circumstances,
    records,
    record,
    freezes,
    stacks,
    turns,
    noteStorm,
    ownRed,
    absentAlarms,
    waitFor,
  };
}

test('a review says how the harm is, and whether the plan of the question still holds', async () => {
  const plan = given.planOf();
  const asked = (of: string) => ({
    verdict: {
      verdict: 'ask',
      at: given.NOW,
      reasons: ['?'],
      countdownSeconds: 60,
      onSilence: 'stay',
      plan: of,
    },
    approval: { Error: 'States.Timeout' },
  });
  const harm = `Whether the harm had ended by ${given.NOW} is unknown.`;
  const same = judging({ plan, before: asked(planHash(plan)) as never });
  expect(await same.reviewed()).toEqual({ at: given.NOW, says: harm });
  for (const writing of [same.waitFor, same.noteStorm, same.turns.of]) expect(writing).not.toHaveBeenCalled();
  const other = judging({ plan, before: asked('another') as never });
  expect((await other.reviewed()).says).toMatch(/is unknown\. The plan has changed since the question/);
  expect((await judging({ plan }).reviewed()).says).toBe(harm);
});

test('acts on what it finds', async () => {
  const { run, records } = judging();
  expect(await run()).toMatchObject({ verdict: 'act', at: given.NOW });
  expect(records).toHaveBeenCalledWith(given.TARGET, '2026-11-19T03:05:00.000Z');
});

test('goes by the onset that the look before found, where nothing shows one, and not by that of another trigger', async () => {
  const since = { at: given.at('02:50'), until: given.at('02:51'), estimated: true } as const;
  const look = { verdict: 'look-again', at: given.NOW, reasons: ['?'], lookAgainInSeconds: 150 } as const;
  const looked = { ...look, looks: 1, since };
  expect(await judging({ before: { verdict: looked } }).run()).toMatchObject({
    verdict: 'skip',
    reasons: ['The harm began before the deployment of checkout:42.'],
  });
  const other = { ...looked, decidedBy: given.BY_DEPLOYMENT };
  expect(await judging({ before: { verdict: other } }).run()).toMatchObject({ verdict: 'act' });
});

test('notes after an answer that nothing is asked any more', async () => {
  const approval = { answer: 'approved', by: 'ada', at: given.NOW } as const;
  const { run, waitFor } = judging({ before: { approval } });
  await run();
  expect(waitFor.mock.calls).toEqual([[given.TARGET, 'now', null]]);
  const unanswered = judging();
  await unanswered.run();
  expect(unanswered.waitFor).not.toHaveBeenCalled();
  const down = judging({ before: { approval } });
  down.waitFor.mockRejectedValue(new Error('down'));
  expect(await down.run()).toMatchObject({ verdict: 'act' });
});

test('knows that a silence which let the rollback go is spent', async () => {
  const plan = given.planOf({ lastgood: 'approve', 'lastgood:silence': 'go' });
  const verdict = { verdict: 'act', at: given.NOW, reasons: [] } as const;
  const approval = { Error: 'States.Timeout' };
  const again = judging({ plan, before: { approval, verdict } });
  expect(await again.run()).toMatchObject({ verdict: 'ask', onSilence: 'stay' });
  expect(await judging({ plan, before: { verdict } }).run()).toMatchObject({
    verdict: 'ask',
    onSilence: 'go',
  });
});

test('judges for a person who looks and holds nothing', async () => {
  const { run, records, record } = judging({ request: given.BY_REQUEST, isLook: true });
  expect(await run()).toMatchObject({ verdict: 'act', at: given.NOW });
  expect(records).toHaveBeenCalledWith(given.TARGET, '2026-11-19T03:05:00.000Z');
  expect(record).not.toHaveBeenCalled();
});

test('names alarms that do not exist to a person who looks, and reads them for nothing else', async () => {
  const { run } = judging({ request: given.BY_REQUEST, isLook: true, absentAlarms: ['checkout'] });
  expect((await run()).reasons.join(' ')).toContain('Alarm "checkout" is watched and does not exist');
  const { run: rollBack, absentAlarms } = judging({ absentAlarms: ['checkout'] });
  await rollBack();
  expect(absentAlarms).not.toHaveBeenCalled();
});

test('knows what was condemned', async () => {
  expect(await judging({ entries: [CONDEMNED] }).run()).toMatchObject({ verdict: 'ask' });
});

test('knows whether the target is frozen', async () => {
  const freeze = { target: given.TARGET, at: given.NOW, ...given.FREEZE };
  const { run, freezes } = judging({ freeze });
  const { verdict, reasons } = await run();
  expect(verdict).toBe('ask');
  expect(reasons).toContain(`ada froze ${given.TARGET} (sale), so a person decides.`);
  expect(freezes.of).toHaveBeenCalledWith(given.TARGET, given.NOW);
});

test('acts on a frozen target when an operator asks for it', async () => {
  const freeze = { target: given.TARGET, at: given.NOW, ...given.FREEZE };
  expect(await judging({ freeze, request: given.BY_REQUEST }).run()).toMatchObject({ verdict: 'act' });
});

test('knows the rollbacks before, and does not take this one for one of them', async () => {
  const ended = { state: 'rolled-back', at: given.at('02:30'), reason: 'x', advice: [] } as const;
  expect(await judging({ records: [{ ...RECORD, outcome: ended, from: 'x' }] }).run()).toMatchObject({
    verdict: 'ask',
  });
  expect(
    await judging({ records: [{ ...RECORD, execution: 'now', startedAt: given.NOW }] }).run(),
  ).toMatchObject({ verdict: 'act' });
});

test('asks where another alarm was red when the deployment began, by what its rollbacks name', async () => {
  const turnedBefore = [{ alarm: 'latency', history: given.found([given.turned('02:40', 'OK', 'ALARM')]) }];
  const { run, alarms } = judging({ request: given.BY_DEPLOYMENT, records: [RECORD], turnedBefore });
  expect(await run()).toMatchObject({ verdict: 'ask' });
  expect(alarms.turnedBefore).toHaveBeenCalledWith(expect.objectContaining({ plan: given.planOf() }), [
    RECORD,
  ]);
});

test.each([
  ['a person asks', { request: given.BY_HAND }],
  ['AWS goes back natively', { plan: given.joinOf({ lastgood: 'auto' }) }],
])('does not ask which alarms were red before where %s', async (_when, found) => {
  const { run, alarms } = judging({ ...found, records: [RECORD] });
  await run();
  expect(alarms.turnedBefore).not.toHaveBeenCalled();
});

test('judges a fault that there is no way back from like any other', async () => {
  const { run, alarms } = judging({ plan: given.without('no-way-back', 'Nothing was ever proven.') });
  expect(await run()).toMatchObject({ verdict: 'act' });
  expect(alarms.history).toHaveBeenCalledOnce();
});

test.each([
  ['no alarm is needed', { request: given.BY_HAND }],
  ['there is nothing to do', { plan: given.without('nothing-to-do', 'So it is.') }],
  ['AWS goes back natively', { plan: given.joinOf({ lastgood: 'auto' }) }],
])('does not spend the quota of CloudWatch where %s', async (_when, found) => {
  const { run, alarms, circumstances } = judging(found);
  await run();
  expect(alarms.history).not.toHaveBeenCalled();
  expect(circumstances).not.toHaveBeenCalled();
});

test('looks for changes of what the target reads where there is nothing to do', async () => {
  const plan = { ...given.without('nothing-to-do', 'So it is.'), reads: ['/shop/db'] };
  const { run, circumstances } = judging({ plan });
  await run();
  expect(circumstances).toHaveBeenCalledOnce();
});

test('an alert of a monitoring tool has circumstances as well, and no alarm with a history', async () => {
  const { run, alarms, circumstances } = judging({ request: given.BY_ALERT });
  await run();
  expect(circumstances).toHaveBeenCalledOnce();
  expect(alarms.history).not.toHaveBeenCalled();
});

test('knows what else is red', async () => {
  const red = [1, 2, 3, 4, 5, 6, 7, 8].map((other) => redAlarm(`other-${other}`, given.at('03:04')));
  expect(await judging({ red }).run()).toMatchObject({ verdict: 'ask' });
});

test('silence counts for the plan that was asked about, and for no other', async () => {
  const tags = { lastgood: 'approve', 'lastgood:silence': 'go' };
  const plan = given.planOf(tags);
  const asked = await judging({ plan }).run();
  expect(asked).toMatchObject({ verdict: 'ask', onSilence: 'go', plan: planHash(plan) });
  const before = { verdict: asked, approval: { Error: 'States.Timeout' } };
  expect(await judging({ plan, before }).run()).toMatchObject({ verdict: 'act' });
  const other = given.planOf(tags, { from: { id: 'revision-43', name: 'checkout:43' } });
  expect(await judging({ plan: other, before }).run()).toMatchObject({
    verdict: 'ask',
    onSilence: 'stay',
    plan: planHash(other),
  });
  const freeze = { target: given.TARGET, at: given.NOW, ...given.FREEZE };
  expect(await judging({ plan, before, freeze }).run()).toMatchObject({ verdict: 'ask', onSilence: 'stay' });
});

describe('with other triggers that came while it held the target', () => {
  const FORGED: Request = {
    ...given.BY_ALARM,
    trigger: { ...given.ALARM, id: 'by-hand', alarm: 'checkout-latency', forged: 'no datapoints' },
  };
  const heardOf = (...alsoTriggeredBy: Heard[]): RollbackRecord => ({
    ...RECORD,
    execution: 'now',
    alsoTriggeredBy,
  });
  const GENUINE: Heard = { ...given.BY_ALARM, heardAt: given.at('03:05') };
  const asked = { verdict: 'ask', at: given.NOW, reasons: ['?'], countdownSeconds: 600 } as const;
  const interrupted = {
    verdict: { ...asked, onSilence: 'stay' },
    approval: { answer: 'judge-again', at: given.NOW, request: GENUINE },
  } as const;

  test('asks where the own one, set by hand, is the only one', async () => {
    expect(await judging({ request: FORGED, own: heardOf() }).run()).toMatchObject({ verdict: 'ask' });
  });

  test('acts where one of them alone would be acted on, and says which', async () => {
    const { run, alarms } = judging({ request: FORGED, own: heardOf(GENUINE), before: interrupted });
    expect(await run()).toMatchObject({
      verdict: 'act',
      ...{ heard: 1, again: 1, looks: 2, decidedBy: GENUINE, plannedFor: GENUINE },
    });
    expect((await run()).reasons[0]).toBe('A later trigger decides: alarm checkout-5xx.');
    expect(alarms.history.mock.calls[0]?.[0].request).toEqual(GENUINE);
  });

  test('hears them at the first look too, but only where the own one is not acted on', async () => {
    const early = judging({ request: FORGED, own: heardOf(GENUINE) });
    expect(await early.run()).toMatchObject({ verdict: 'act', decidedBy: GENUINE });
    expect(early.alarms.history).toHaveBeenCalledTimes(2);
    const sure = judging({ own: heardOf({ ...GENUINE, trigger: { ...given.ALARM, id: 'alarm-2' } }) });
    expect(await sure.run()).not.toHaveProperty('decidedBy');
    expect(sure.alarms.history).toHaveBeenCalledOnce();
  });

  test('counts the age of a later alarm from its own execution', async () => {
    const late = given.at('03:25');
    const heard: Heard = { ...GENUINE, heardAt: late };
    const verdict = await judging({ request: FORGED, own: heardOf(heard), before: interrupted }).run();
    expect(verdict.verdict).toBe('act');
    const old = { ...interrupted, approval: { ...interrupted.approval, request: heard } };
    const aged = await judging({ request: FORGED, own: heardOf(heard), before: old }).run();
    expect(aged).toMatchObject({ verdict: 'ask' });
    expect(aged).not.toHaveProperty('decidedBy');
  });

  test('asks CloudWatch about three of them at most', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const many = names.map((alarm): Heard => {
      const trigger = { ...given.ALARM, id: alarm, alarm, forged: 'no datapoints' };
      return { ...given.BY_ALARM, trigger };
    });
    const { run, alarms } = judging({ request: FORGED, own: heardOf(...many) });
    expect(await run()).toMatchObject({ verdict: 'ask', heard: 4 });
    expect(alarms.history).toHaveBeenCalledTimes(3);
  });

  test('does not take a silence that meant stay for one that means go', async () => {
    const plan = given.planOf({ lastgood: 'approve', 'lastgood:silence': 'go' });
    const first = await judging({ plan, request: FORGED }).run();
    expect(first).toMatchObject({ verdict: 'ask', onSilence: 'stay' });
    const later: Heard = {
      ...FORGED,
      trigger: { ...given.ALARM, id: 'x', alarm: 'y', forged: 'no datapoints' },
    };
    const before = {
      verdict: first,
      approval: { Error: 'States.Timeout' },
      listened: { unheard: 1, request: later },
    };
    const again = await judging({ plan, request: FORGED, before, own: heardOf(later) }).run();
    expect(again).toMatchObject({ verdict: 'ask', again: 1, plannedFor: later });
    expect(again.reasons.join()).not.toContain('No answer came');
  });

  test('keeps the deadline of a silence that means go', async () => {
    const plan = given.planOf({ lastgood: 'approve', 'lastgood:silence': 'go' });
    const first = await judging({ plan }).run();
    expect(first).toMatchObject({ countdownSeconds: 600, onSilence: 'go' });
    const later: Heard = {
      ...given.BY_ALARM,
      trigger: { ...given.ALARM, id: 'alarm-2', alarm: 'checkout-hosts' },
    };
    const before = {
      verdict: { ...first, at: given.at('03:01') },
      approval: { answer: 'judge-again', at: given.NOW, request: later },
    } as const;
    expect(await judging({ plan, before, own: heardOf(later) }).run()).toMatchObject({
      ...{ verdict: 'ask', onSilence: 'go', countdownSeconds: 360 },
    });
  });

  test('does not take silence for an answer to what came after the question', async () => {
    const tags = { lastgood: 'approve', 'lastgood:silence': 'go' };
    const plan = given.planOf(tags);
    const first = await judging({ plan }).run();
    const before = { verdict: first, approval: { Error: 'States.Timeout' } };
    const later: Heard = {
      ...given.BY_ALARM,
      trigger: { ...given.ALARM, id: 'alarm-2', alarm: 'checkout-hosts' },
    };
    expect(await judging({ plan, before, own: heardOf(later) }).run()).toMatchObject({ verdict: 'act' });
    const stale = { ...before, verdict: { ...first, plan: 'b'.repeat(64) } as never };
    expect(await judging({ plan, before: stale, own: heardOf(later) }).run()).toMatchObject({
      verdict: 'ask',
    });
  });
});

test.each([
  ['after an approval', { answer: 'approved', by: 'U1', at: given.NOW }, 'act'],
  ['but not after HeardMore', { Error: 'HeardMore' }, 'ask'],
] as const)('goes on %s', async (_, approval, expected) => {
  const plan = given.planOf({ lastgood: 'approve', 'lastgood:silence': 'go' });
  const asked = await judging({ plan }).run();
  expect(await judging({ plan, before: { verdict: asked, approval } }).run()).toMatchObject({
    verdict: expected,
  });
});

test.each([
  ['came after the question', undefined, { verdict: 'ask', again: 1 }],
  ['was named in the question', 'before', { verdict: 'act' }],
])('after an approval, a freeze that %s', async (_, wasFrozen, expected) => {
  const plan = given.planOf({ lastgood: 'approve' });
  const freeze = { ...given.FREEZE, target: given.TARGET, at: given.NOW };
  const asked = await judging({ plan, ...(wasFrozen && { freeze }) }).run();
  const approval = { answer: 'approved', by: 'U1', at: given.NOW } as const;
  expect(await judging({ plan, freeze, before: { verdict: asked, approval } }).run()).toMatchObject(expected);
});

test('answers by the confirmation what was shown with the plan', async () => {
  const plan = given.planOf({ lastgood: 'approve' });
  const asking = given.BY_REQUEST;
  const shown = await judging({ plan, request: asking }).run();
  const trigger = { ...asking.trigger!, plan: planHash(plan), confirmed: shown.asks };
  const request = { ...asking, trigger } as Request;
  expect(shown).toMatchObject({ verdict: 'ask', asks: ['isOptedIn'] });
  expect(await judging({ plan, request }).run()).toMatchObject({ verdict: 'act' });
});

test('asks again where the approved plan was another', async () => {
  const plan = given.planOf({ lastgood: 'approve' });
  const approved = { answer: 'approved', by: 'U1', at: given.NOW } as const;
  const answered = (hash: string) =>
    judging({ plan, before: { approval: { ...approved, plan: hash } } }).run();
  expect(await answered(planHash(plan as never))).toMatchObject({ verdict: 'act' });
  expect(await answered('b'.repeat(64))).toMatchObject({
    verdict: 'ask',
    reasons: expect.arrayContaining(['U1 agreed to an earlier plan, which has changed since.']) as string[],
  });
});

test('counts the age of an alarm from the start of the execution', async () => {
  const claim = { kind: 'ecs', holder: 'now', since: given.at('03:25'), expiresAt: given.at('07:25') };
  expect(await judging({ claim }).run()).toMatchObject({ verdict: 'skip' });
  expect(await judging({ claim: { ...claim, takenUpAt: given.NOW } }).run()).toMatchObject({
    verdict: 'act',
  });
});

describe('the turn to write', () => {
  const turn = { at: '2026-11-22T03:06:00.000Z', quota: 'ecs service modify', ahead: 30 };
  const takes = { write: [{ quota: 'ecs service modify', calls: 1 }], look: [] };
  const planned = (more: object) => given.planOf({ lastgood: 'auto' }, { takes, ...more });

  test.each([
    [{ inFlight: true }, 'rollout-in-flight'],
    [{ inFlight: false }, 'before-write'],
    [{}, 'before-write'],
  ])('is reserved by %j as %s', async (more, urgency) => {
    const { run, turns } = judging({ plan: planned(more), turn });
    expect(await run()).toMatchObject({ verdict: 'act', turn });
    expect(turns.of).toHaveBeenCalledExactlyOnceWith(takes.write, urgency);
  });

  test('is not mentioned where it is now', async () => {
    expect(await judging({ plan: planned({}) }).run()).not.toHaveProperty('turn');
  });

  test('is not reserved by a plan that names no takes, nor for a person who looks', async () => {
    const silent = judging({ turn });
    await silent.run();
    const look = judging({ plan: planned({}), turn, request: given.BY_REQUEST, isLook: true });
    await look.run();
    expect(silent.turns.of).not.toHaveBeenCalled();
    expect(look.turns.of).not.toHaveBeenCalled();
  });

  test('is not reserved where nothing is written', async () => {
    const { run, turns } = judging({ plan: given.planOf({ lastgood: 'observe' }, { takes }), turn });
    expect(await run()).toMatchObject({ verdict: 'observe' });
    expect(turns.of).not.toHaveBeenCalled();
  });
});

describe('in a storm', () => {
  const inStorm = (role: 'first' | 'member') => ({
    claim: { ...CLAIM, storm: { id: 'one', role, since: given.NOW } },
  });

  test('a member asks with all others, and would have acted alone', async () => {
    const { run, noteStorm } = judging(inStorm('member'));
    const verdict = await run();
    expect(verdict).toMatchObject({ verdict: 'ask', storm: 'one', own: true, onSilence: 'stay' });
    // The question of all is shown up to 90 seconds later.
    expect(verdict).toMatchObject({ countdownSeconds: 600 + 90 });
    expect(verdict.reasons[0]).toMatch(/^More targets alarm within five minutes/);
    expect(noteStorm).toHaveBeenCalledExactlyOnceWith(expect.anything(), verdict);
  });

  test('a member that asks for another reason has no question of its own either', async () => {
    const freeze = { target: given.TARGET, reason: 'why', by: 'U1', at: given.NOW } as unknown as Freeze;
    const verdict = await judging({ ...inStorm('member'), freeze }).run();
    expect(verdict).toMatchObject({ verdict: 'ask', storm: 'one' });
    expect(verdict).not.toHaveProperty('own');
  });

  test('a member acts where the stack asks because of no storm, and has questions of its own', async () => {
    const member = { ...inStorm('member'), stormsAreOff: true };
    expect(await judging(member).run()).toMatchObject({ verdict: 'act' });
    const freeze = { target: given.TARGET, reason: 'why', by: 'U1', at: given.NOW } as unknown as Freeze;
    const asked = await judging({ ...member, freeze }).run();
    expect(asked).toMatchObject({ verdict: 'ask' });
    expect(asked).not.toHaveProperty('storm');
  });

  test('one of the first that asks joins the question of the storm that has followed', async () => {
    const freeze = { target: given.TARGET, reason: 'why', by: 'U1', at: given.NOW } as unknown as Freeze;
    const first = { ...inStorm('first'), freeze };
    expect(await judging({ ...first, isStorm: true }).run()).toMatchObject({ verdict: 'ask', storm: 'one' });
    expect(await judging(first).run()).not.toHaveProperty('storm');
  });

  test('the first go on', async () => {
    expect(await judging(inStorm('first')).run()).toMatchObject({ verdict: 'act' });
  });

  test('many red alarms of no target ask, unless the stack counts no storms', async () => {
    const red = Array.from({ length: 9 }, (_, k) => ({
      AlarmName: `other-${k}`,
      MetricName: 'Errors',
      Namespace: 'Shop',
      StateTransitionedTimestamp: new Date(given.BY_ALARM.trigger!.at),
    }));
    expect(await judging({ red }).run()).toMatchObject({
      verdict: 'ask',
      reasons: expect.arrayContaining([expect.stringMatching(/^9 unrelated others/)]) as unknown,
    });
    const off = await judging({ red, stormsAreOff: true }).run();
    expect(off.reasons.join(' ')).not.toMatch(/unrelated others/);
  });
});

const REHEARSAL: Request = {
  target: given.TARGET,
  reason: 'game day',
  trigger: { type: 'rehearsal', id: 'cli:1', at: given.NOW, by: 'ada', way: 'back' },
};

test('reads the alarms of the target for the way back of a rehearsal, and for nothing else', async () => {
  const plan = given.planOf({ lastgood: 'auto', 'lastgood:rehearse': 'on' });
  const { run, ownRed } = judging({ request: REHEARSAL, plan, ownRed: ['checkout-5xx'] });
  const { reasons } = await run();
  expect(reasons).toContain('In ALARM: checkout-5xx.');
  expect(ownRed).toHaveBeenCalledTimes(1);
  const other = judging();
  await other.run();
  expect(other.ownRed).not.toHaveBeenCalled();
});

test('starts no rehearsal while Lastgood is paused', async () => {
  const plan = given.planOf({ lastgood: 'auto', 'lastgood:rehearse': 'on' });
  const { run } = judging({ request: REHEARSAL, plan, pause: { paused: true, by: 'ada' } });
  expect((await run()).reasons).toContain('Lastgood is paused by ada.');
});

test('judges a rehearsal alone, whatever came, and knows the rehearsals before', async () => {
  const heard = { ...RECORD, execution: 'now', alsoTriggeredBy: [given.BY_ALARM] };
  const { run } = judging({ request: REHEARSAL, own: heard });
  const { verdict, reasons } = await run();
  expect([verdict, reasons.join(' ')]).toEqual(['skip', expect.stringContaining('A rollback was asked for')]);
  const ended = { state: 'rolled-back', at: given.at('02:30'), reason: 'x', advice: [] } as const;
  const before = judging({ records: [{ ...RECORD, request: REHEARSAL, automatic: false, outcome: ended }] });
  expect(await before.run()).toMatchObject({ verdict: 'act' });
});

test('knows what the way back put on the target, and whether that was overtaken', async () => {
  const ended = { state: 'failed-dirty', at: given.at('02:30'), reason: 'x', advice: [] } as const;
  const put = { from: given.BAD.id, to: given.GOOD.id, toContent: '41', deployment: 'deployment-back' };
  const back: RollbackRecord = { ...RECORD, request: REHEARSAL, automatic: false, outcome: ended, ...put };
  const revision = { id: 'another id', name: 'checkout:43' };
  const deployment = { ...given.DEPLOYMENT, id: put.deployment, startedAt: RECORD.startedAt, revision };
  const plan = given.planOf(undefined, { deployment, from: given.GOOD, to: given.BAD, source: 'request' });
  const by = { type: 'rehearsal', id: 'cli:2', at: given.NOW, by: 'ada' } as const;
  const trigger = { ...by, way: 'forward', after: RECORD.execution } as const;
  const request = { ...REHEARSAL, revision: given.BAD.id, trigger };
  const forward = (record: RollbackRecord, found = plan) =>
    judging({ request, plan: found, records: [record] }).run();
  expect(await forward(back)).toMatchObject({ verdict: 'act' });
  expect(await forward({ ...back, overtaken: true })).toMatchObject({ verdict: 'skip' });
  const other = { ...plan, deployment: { ...deployment, id: 'another', content: '43' } };
  expect(await forward(back, other)).toMatchObject({ verdict: 'skip' });
  const same = { ...plan, deployment: { ...deployment, id: 'another', content: '41' } };
  expect(await forward(back, same)).toMatchObject({ verdict: 'act' });
});

describe('the stack that has the target', () => {
  const status = { status: 'UPDATE_IN_PROGRESS', at: given.at('03:00') };
  const tags = { lastgood: 'auto', 'aws:cloudformation:stack-name': 'shop' };

  test('is read by its tag, and asks while it updates', async () => {
    const { run, stacks } = judging({ plan: given.planOf(tags), stack: status });
    expect(await run()).toMatchObject({ verdict: 'ask' });
    expect(stacks.of.mock.calls).toEqual([['shop']]);
  });

  test('is not read where there is none', async () => {
    const { run, stacks } = judging({ stack: status });
    expect(await run()).toMatchObject({ verdict: 'act' });
    expect(stacks.of).not.toHaveBeenCalled();
  });

  test('stops nothing if it cannot be read', async () => {
    const { run, stacks } = judging({ plan: given.planOf(tags) });
    stacks.of.mockRejectedValue(new Error('throttled'));
    expect(await run()).toMatchObject({ verdict: 'act' });
  });
});

test('knows who denied the same plan', async () => {
  const outcome = { state: 'skipped', at: given.at('03:01'), reason: 'x', advice: [] } as const;
  const denied = { by: 'slack:U0BEN', at: given.at('03:01') };
  const record = { ...RECORD, from: given.BAD.id, to: given.GOOD.id, outcome, denied };
  const { verdict, reasons } = await judging({ records: [record] }).run();
  expect([verdict, reasons[0]]).toEqual(['ask', expect.stringContaining('slack:U0BEN denied')]);
});
