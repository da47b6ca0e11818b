import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Deployed } from '../../../src/targets/kind.ts';
import { prove, type Proving } from '../../../functions/sweep/prove.ts';
import type { AlarmNow } from '../../../functions/sweep/stayed-ok.ts';
import type { Claims, RollbackRecord } from '../../../src/ledger/claims.ts';
import { createLedger, createLookouts } from '../../../src/ledger/dynamodb.ts';
import type { Ledger, ObservedRevision } from '../../../src/ledger/ledger.ts';
import type { LookedAt, Lookouts } from '../../../src/ledger/lookouts.ts';
import { startTables, type Tables } from '../../src/ledger/tables.ts';

const TARGET = 'ecs:prod/checkout';
const REVISION = { id: 'revision-42', name: 'checkout:42' };
const at = (clock: string) => `2026-11-22T${clock}:00.000Z`;
const OBSERVED: ObservedRevision = {
  target: TARGET,
  deployment: 'ecs-svc/42',
  completedAt: at('03:00'),
  soakUntil: at('03:30'),
};
const DEPLOYED: Deployed = {
  revision: REVISION,
  runs: 'alone',
  tags: { lastgood: 'auto' },
  alarms: ['checkout-5xx'],
};
const QUIET: AlarmNow = { name: 'checkout-5xx', state: 'OK', since: at('00:00') };

let tables: Tables;
let ledger: Ledger;
let lookouts: Lookouts;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());
beforeEach(async () => {
  const table = await tables.ledgerTable();
  ledger = createLedger(tables.client, table);
  lookouts = createLookouts(tables.client, table);
  await ledger.observe(OBSERVED);
});

interface World {
  readonly deployed?: Deployed | null | Error;
  readonly alarms?: readonly AlarmNow[];
  readonly records?: readonly RollbackRecord[];
  /** Names of the alarms in ALARM about the target. */
  readonly red?: readonly string[];
  readonly known?: Lookouts['known'];
}

function sweep(
  clock: string,
  { deployed = DEPLOYED, alarms = [QUIET], records = [], red = [], known }: World = {},
) {
  const look = () =>
    Promise.allSettled([deployed instanceof Error ? Promise.reject(deployed) : Promise.resolve(deployed)]);
  const since = vi.fn<Claims['records']>((_target, from) =>
    Promise.resolve(records.filter(({ startedAt }) => startedAt >= from)),
  );
  const proving: Proving = {
    ledger,
    claims: { records: since },
    lookouts: { known: known ?? ((...asked) => lookouts.known(...asked)) },
    alarms: {
      named: (names: readonly string[]) => Promise.resolve(alarms.filter(({ name }) => names.includes(name))),
    },
    inAlarmOf: (target: string) => Promise.resolve(target === TARGET ? red : []),
    kindOf: () => ({ deployed: look, provesPerMinute: 20 }),
    warn: () => undefined,
    rests: () => Promise.resolve(false),
    hasTime: () => true,
    context: {
      optedIn: () => Promise.resolve([]),
      entriesOf: (target: string) => ledger.entries(target),
      now: at(clock),
    },
  };
  return prove(proving, at(clock)).then(() => since);
}

/** Leaves out the entries that only record deployments. */
const entries = async () => (await ledger.entries(TARGET)).filter(({ state }) => state !== 'observed');
const states = async () => (await entries()).map(({ state }) => state);
/** Returns the end of its soak, or null if it does not wait. */
const waitsUntil = async () => (await ledger.soaked('2027-01-01T00:00:00.000Z', 1))[0]?.soakUntil ?? null;

test('a revision that stayed quiet through its soak is proven, with the evidence', async () => {
  await sweep('03:30');
  expect(await entries()).toEqual([
    {
      state: 'proven',
      target: TARGET,
      revision: REVISION,
      completedAt: at('03:00'),
      provenAt: at('03:30'),
      evidence: [
        'deployment ecs-svc/42 completed at 2026-11-22T03:00:00.000Z',
        'alarm checkout-5xx was OK since 2026-11-22T03:00:00.000Z',
        'no rollback was requested since 2026-11-22T03:00:00.000Z',
      ],
    },
  ]);
});

test('a revision that another one replaced in its soak is not proven, though it runs again', async () => {
  const { soakUntil, ...other } = OBSERVED;
  await ledger.observe({
    ...other,
    deployment: 'ecs-svc/43',
    completedAt: at('03:10'),
    soakUntil: at('03:40'),
  });
  await sweep(soakUntil.slice(11, 16));
  expect((await entries()).map((entry) => ('deployment' in entry ? entry.deployment : ''))).toEqual([
    'ecs-svc/43',
  ]);
});

test('before its soak is over no alarm is read', async () => {
  await sweep('03:29', { deployed: new Error('no call is expected') });
  expect(await states()).toEqual(['candidate']);
});

test('a target whose own soak is longer waits for it', async () => {
  const deployed = { ...DEPLOYED, tags: { lastgood: 'auto', 'lastgood:soak': '120' } };
  await sweep('03:30', { deployed });
  expect([await states(), await waitsUntil()]).toEqual([['candidate'], at('05:00')]);
  await sweep('05:00', { deployed });
  expect(await states()).toEqual(['proven']);
});

test('an alarm with a range longer than the soak must have seen the whole of it', async () => {
  const alarms = [{ ...QUIET, rangeSeconds: 3720 }];
  await sweep('03:30', { alarms });
  expect([await states(), await waitsUntil()]).toEqual([['candidate'], at('04:02')]);
  await sweep('04:02', { alarms });
  expect(await states()).toEqual(['proven']);
});

test('an alarm over a week is waited for no longer than a day', async () => {
  await sweep('03:30', { alarms: [{ ...QUIET, rangeSeconds: 604_800 }] });
  expect(await waitsUntil()).toBe('2026-11-23T03:00:00.000Z');
});

test('without a watching alarm the evidence says so', async () => {
  await sweep('03:30', { deployed: { ...DEPLOYED, alarms: [] } });
  expect(await entries()).toMatchObject([
    {
      state: 'proven',
      evidence: [expect.anything(), expect.stringContaining('no known alarm watches it')],
    },
  ]);
});

describe('it is not proven, and waits for another soak,', () => {
  test.each([
    ['while an alarm is red', [{ ...QUIET, state: 'ALARM', since: at('03:10') }], at('03:40')],
    ['after an alarm was red', [{ ...QUIET, since: at('03:20') }], at('03:50')],
    ['while an alarm has no data', [{ ...QUIET, state: 'INSUFFICIENT_DATA' }], at('03:40')],
    ['while an alarm is missing', [], at('03:40')],
    [
      'while one of its own alarms is red',
      [QUIET, { name: 'checkout-orders', state: 'ALARM', since: at('01:00') }],
      at('03:40'),
    ],
  ])('%s', async (_when, alarms, until) => {
    await sweep('03:30', {
      alarms,
      deployed: { ...DEPLOYED, tags: { 'lastgood:alarms': alarms.length > 1 ? 'checkout-orders' : '' } },
    });
    expect([await states(), await waitsUntil()]).toEqual([['candidate'], until]);
  });

  test('after a rollback was requested', async () => {
    const record: RollbackRecord = {
      target: TARGET,
      execution: 'one',
      startedAt: at('03:20'),
      request: { target: TARGET, reason: 'x' },
      alsoTriggeredBy: [],
      automatic: false,
      outcome: { state: 'skipped', at: at('03:25'), reason: 'x', advice: [] },
    };
    const records = await sweep('03:30', { records: [record] });
    expect(records).toHaveBeenCalledWith(TARGET, '2026-11-21T03:00:00.000Z');
    expect([await states(), await waitsUntil()]).toEqual([['candidate'], at('03:55')]);
  });

  test('while another revision runs too, or none runs', async () => {
    await sweep('03:30', { deployed: { ...DEPLOYED, runs: 'unclear' } });
    expect([await states(), await waitsUntil()]).toEqual([['candidate'], at('03:40')]);
  });

  test('and is proven after it was quiet for as long', async () => {
    await sweep('03:30', { alarms: [{ ...QUIET, since: at('03:20') }] });
    await sweep('03:50', { alarms: [{ ...QUIET, since: at('03:20') }] });
    expect(await entries()).toMatchObject([
      { state: 'proven', completedAt: at('03:00'), provenAt: at('03:50') },
    ]);
  });
});

describe('what a lookout saw is evidence', () => {
  const OLDER = { id: 'revision-41', name: 'checkout:41' };
  const LOOKED: LookedAt = {
    ...{ target: TARGET, deployment: OBSERVED.deployment, startedAt: at('02:55'), endedAt: at('03:30') },
    ...{ revision: REVISION, older: OLDER, mode: 'observe', looks: 96, state: 'quiet', says: ['Why.'] },
  };
  const QUIET_SENTENCE =
    'A lookout compared it with checkout:41 at 96 looks through its soak and saw nothing against it.';
  const FOLLOWED: Deployed = { ...DEPLOYED, tags: { lastgood: 'auto', 'lastgood:lookout': 'observe' } };
  const following = {
    planned: 'rollout/1',
    target: TARGET,
    execution: 'one',
    deployment: OBSERVED.deployment,
    startedAt: at('02:55'),
  };

  async function evidenceAfter(...all: readonly LookedAt[]): Promise<readonly string[]> {
    for (const looked of all) await lookouts.end({ ...following, ...looked }, looked);
    await sweep('03:30', { deployed: FOLLOWED });
    const [entry] = await entries();
    return entry?.state === 'proven' ? entry.evidence.slice(3) : ['not proven'];
  }

  test.each<[string, Partial<LookedAt>, readonly string[]]>([
    ['was quiet', {}, [QUIET_SENTENCE]],
    [
      'could not say',
      { state: 'unclear', looks: 1 },
      ['A lookout of 1 look could not say whether it is good.'],
    ],
    [
      'accused it, and only observed',
      { state: 'accused', accusedAt: at('02:58'), says: ['3 tasks crashed.', 'More.'], endedAt: at('02:58') },
      [`A lookout accused it at ${at('02:58')}: 3 tasks crashed.`],
    ],
    ['had nothing to follow any more', { state: 'ended' }, []],
    ['was of another deployment', { deployment: 'ecs-svc/41', revision: OLDER }, []],
    ['names the deployment in another way, as for CodeDeploy', { deployment: 'd-ABC' }, [QUIET_SENTENCE]],
    [
      'was of an earlier deployment of the same revision',
      { deployment: 'ecs-svc/40', startedAt: at('01:00'), endedAt: at('01:40') },
      [],
    ],
  ])('where it %s', async (_, more, sentences) => {
    expect(await evidenceAfter({ ...LOOKED, ...more })).toEqual(sentences);
  });

  test('and an accusation counts more than a later quiet one', async () => {
    const accused = { ...LOOKED, state: 'accused', accusedAt: at('02:58'), says: ['Bad.'] } as const;
    const later = { ...LOOKED, startedAt: at('02:57') };
    expect(await evidenceAfter(accused, later)).toEqual([`A lookout accused it at ${at('02:58')}: Bad.`]);
  });

  test('and the proof waits three minutes for a lookout that follows it still', async () => {
    await lookouts.keep(following, at('03:29'));
    await sweep('03:30', { deployed: FOLLOWED });
    await sweep('03:32', { deployed: FOLLOWED });
    expect([await states(), await waitsUntil()]).toEqual([['candidate'], at('03:30')]);
    await lookouts.end(following, LOOKED);
    await sweep('03:32', { deployed: FOLLOWED });
    const [entry] = await entries();
    expect(entry).toHaveProperty('evidence.3', QUIET_SENTENCE);
  });

  test.each([
    ['that does not end', { startedAt: at('02:55') }, '03:33'],
    ['of a later deployment', { startedAt: at('03:20') }, '03:30'],
  ])('but for no lookout %s', async (_, more, clock) => {
    await lookouts.keep({ ...following, ...more }, at('03:29'));
    await sweep(clock, { deployed: FOLLOWED });
    expect(await states()).toEqual(['proven']);
  });

  test('but a failed read costs only the sentence', async () => {
    const known = vi.fn<Lookouts['known']>(() => Promise.reject(new Error('throttled')));
    await sweep('03:30', { deployed: FOLLOWED, known });
    expect(await entries()).toMatchObject([{ state: 'proven', evidence: { length: 3 } }]);
    expect(known).toHaveBeenCalledTimes(1);
  });

  test('but nothing is read where the target has no tag for it, or is not proven', async () => {
    const known = vi.fn<Lookouts['known']>();
    await sweep('03:30', { deployed: FOLLOWED, alarms: [], known });
    await sweep('03:40', { known });
    expect([await states(), known.mock.calls]).toEqual([['proven'], []]);
  });
});

describe('an alarm that is not among its own', () => {
  const byAlarm = (alarm: string): RollbackRecord['request'] => ({
    target: TARGET,
    reason: 'x',
    trigger: { type: 'alarm', id: alarm, at: at('03:05'), alarm },
  });
  const ASKED: RollbackRecord = {
    target: TARGET,
    execution: 'one',
    startedAt: at('03:05'),
    request: byAlarm('checkout-orders'),
    alsoTriggeredBy: [byAlarm('checkout-latency')],
    automatic: true,
    outcome: { state: 'skipped', at: at('03:15'), reason: 'Nobody answered', advice: [] },
  };
  const alarm = (name: string, state = 'OK', since = at('00:00')): AlarmNow => ({ name, state, since });

  test.each([
    ['that asked', 'checkout-orders'],
    ['that asked while another rollback ran', 'checkout-latency'],
  ])('%s and got no answer is watched for as long as it takes', async (_which, stays) => {
    const states3 = (state: string, since: string) =>
      ['checkout-5xx', 'checkout-orders', 'checkout-latency'].map((name) =>
        name === stays ? alarm(name, state, since) : alarm(name),
      );
    await sweep('03:50', { records: [ASKED], alarms: states3('ALARM', at('03:05')) });
    expect([await states(), await waitsUntil()]).toEqual([['candidate'], at('04:00')]);
    await sweep('04:40', { records: [ASKED], alarms: states3('OK', at('04:30')) });
    expect([await states(), await waitsUntil()]).toEqual([['candidate'], at('05:00')]);
    await sweep('05:00', { records: [ASKED], alarms: states3('OK', at('04:30')) });
    expect(await states()).toEqual(['proven']);
  });

  test('asked while the deployment was in flight, and must be OK through its soak too', async () => {
    const early = { ...ASKED, startedAt: at('02:40'), outcome: { ...ASKED.outcome!, at: at('02:50') } };
    const alarms = [QUIET, alarm('checkout-orders', 'OK', at('03:25')), alarm('checkout-latency')];
    await sweep('03:30', { records: [early], alarms });
    expect([await states(), await waitsUntil()]).toEqual([['candidate'], at('03:55')]);
    await sweep('03:55', { records: [early], alarms });
    expect(await states()).toEqual(['proven']);
  });

  test('asked about another revision before the deployment completed, and does not count', async () => {
    const outcome = { ...ASKED.outcome!, at: at('02:50') };
    const record = { ...ASKED, startedAt: at('02:40'), outcome };
    const alarms = [
      QUIET,
      alarm('checkout-orders', 'INSUFFICIENT_DATA', at('02:55')),
      alarm('checkout-latency'),
    ];
    await sweep('03:30', { records: [{ ...record, from: DEPLOYED.revision.id }], alarms });
    expect(await states()).toEqual(['candidate']);
    await sweep('04:00', { records: [{ ...record, from: 'the one before' }], alarms });
    expect(await states()).toEqual(['proven']);
  });

  describe('and only scales', () => {
    const outcome = { ...ASKED.outcome!, state: 'skipped' as const, at: at('03:20') };
    const records = [{ ...ASKED, outcome }];
    const accuser = { ...alarm('checkout-orders', 'ALARM', at('03:20')), onlyScales: true as const };
    const alarms = [QUIET, accuser, alarm('checkout-latency')];

    test('does not count, and neither does the rollback that it started in vain', async () => {
      await sweep('03:30', { records: [{ ...records[0]!, alsoTriggeredBy: [] }], alarms });
      expect(await states()).toEqual(['proven']);
    });

    test.each<[string, World]>([
      ['its tag names the target', { red: ['checkout-orders'] }],
      ['the target names it', { deployed: { ...DEPLOYED, alarms: ['checkout-5xx', 'checkout-orders'] } }],
      ['another alarm came as well', { records }],
    ])('counts where %s', async (_which, world) => {
      await sweep('03:30', { records: [{ ...records[0]!, alsoTriggeredBy: [] }], alarms, ...world });
      expect(await states()).toEqual(['candidate']);
    });
  });

  describe('and accused another revision', () => {
    const outcome = { ...ASKED.outcome!, at: at('02:50') };
    const records = [{ ...ASKED, startedAt: at('02:40'), outcome, from: 'the one before' }];

    test.each([
      ['is red since before it completed, so it is not proven', 'ALARM', '02:40', '03:40'],
      ['was red in its soak and is OK again, so it is not proven', 'OK', '03:20', '03:50'],
      [
        'was perhaps red in its soak and lost its data, so it is not proven',
        'INSUFFICIENT_DATA',
        '03:20',
        '03:50',
      ],
    ])('%s', async (_which, state, since, until) => {
      const alarms = [QUIET, alarm('checkout-orders', state, at(since)), alarm('checkout-latency')];
      await sweep('03:30', { records, alarms });
      expect([await states(), await waitsUntil()]).toEqual([['candidate'], at(until)]);
    });

    test('is in the evidence where it was not red, and may be deleted', async () => {
      await sweep('03:30', { records, alarms: [QUIET, alarm('checkout-orders')] });
      expect(await entries()).toMatchObject([
        {
          state: 'proven',
          evidence: [
            expect.anything(),
            `alarm checkout-5xx was OK since ${at('03:00')}`,
            `alarm checkout-orders accused another revision and was not red since ${at('03:00')}`,
            expect.anything(),
          ],
        },
      ]);
    });
  });

  test('triggered a rollback that ended after the deployment completed, so it is not proven', async () => {
    const long = { ...ASKED, startedAt: at('02:40'), outcome: { ...ASKED.outcome!, at: at('03:20') } };
    const alarms = [QUIET, alarm('checkout-orders'), alarm('checkout-latency')];
    await sweep('03:30', { records: [long], alarms });
    expect([await states(), await waitsUntil()]).toEqual([['candidate'], at('03:50')]);
  });

  test('and is in ALARM since before the deployment, so it is not proven', async () => {
    const red = alarm('checkout-orders', 'ALARM', at('02:00'));
    await sweep('03:30', { red: [red.name], alarms: [QUIET, red] });
    expect([await states(), await waitsUntil()]).toEqual([['candidate'], at('03:40')]);
    // It turned OK shortly before the next sweep, and is not in ALARM any more.
    const alarms = [QUIET, alarm('checkout-orders', 'OK', at('03:39'))];
    await sweep('03:40', { alarms });
    expect([await states(), await waitsUntil()]).toEqual([['candidate'], at('04:09')]);
    await sweep('04:09', { alarms });
    expect(await states()).toEqual(['proven']);
  });

  test('and is deleted counts as in ALARM until it is found deleted, and not after that', async () => {
    const early = { ...ASKED, startedAt: at('02:40'), outcome: { ...ASKED.outcome!, at: at('02:50') } };
    const others = [QUIET, alarm('checkout-latency')];
    await sweep('03:30', { records: [early], alarms: others });
    expect([await states(), await waitsUntil()]).toEqual([['candidate'], at('04:00')]);
    await sweep('04:00', { records: [early], alarms: others });
    expect(await entries()).toMatchObject([
      {
        state: 'proven',
        evidence: expect.arrayContaining([
          'alarm checkout-orders accused it and was deleted before 2026-11-22T03:30:00.000Z',
        ]) as string[],
      },
    ]);
  });

  test('and was in ALARM, and is deleted, likewise', async () => {
    const red = alarm('checkout-orders', 'ALARM', at('02:00'));
    await sweep('03:30', { red: [red.name], alarms: [QUIET, red] });
    await sweep('03:40');
    expect([await states(), await waitsUntil()]).toEqual([['candidate'], at('04:10')]);
    await sweep('04:10');
    expect(await states()).toEqual(['proven']);
  });

  test('and is deleted, created again, and deleted again needs another soak without it', async () => {
    const early = { ...ASKED, startedAt: at('02:40'), outcome: { ...ASKED.outcome!, at: at('02:50') } };
    const others = [QUIET, alarm('checkout-latency')];
    const again = alarm('checkout-orders', 'ALARM', at('03:50'));
    await sweep('03:30', { records: [early], alarms: others });
    await sweep('04:00', { records: [early], alarms: [...others, again] });
    expect([await states(), await waitsUntil()]).toEqual([['candidate'], at('04:20')]);
    await sweep('04:20', { records: [early], alarms: others });
    expect([await states(), await waitsUntil()]).toEqual([['candidate'], at('04:50')]);
    await sweep('04:50', { records: [early], alarms: others });
    expect(await states()).toEqual(['proven']);
  });

  test('triggered a rollback that still waits for its answer, so it is not proven', async () => {
    const open = { ...ASKED, startedAt: at('03:01'), outcome: undefined } as unknown as RollbackRecord;
    const alarms = [QUIET, alarm('checkout-orders'), alarm('checkout-latency')];
    await sweep('04:30', { records: [open], alarms });
    expect([await states(), await waitsUntil()]).toEqual([['candidate'], at('04:40')]);
  });
});

test.each([
  ['something else took its place', { ...DEPLOYED, runs: 'gone' as const }],
  ['AWS does not know any more what it deployed', null],
])('it is forgotten if %s', async (_why, deployed) => {
  await sweep('03:30', { deployed });
  expect([await states(), await waitsUntil()]).toEqual([[], null]);
});

test('a condemned revision is not proven, even if it is quiet now', async () => {
  await ledger.condemn(TARGET, REVISION, at('03:10'), ['alarm'], 'one');
  await sweep('03:30');
  expect([await states(), await waitsUntil()]).toEqual([['condemned'], null]);
});

test.each([
  ['that AWS gives no answer about', new Error('throttled')],
  ['whose tag is out of its range', { ...DEPLOYED, tags: { 'lastgood:soak': 'long' } }],
])(
  'an observed revision %s waits ten minutes, its error is thrown, and the others are proven',
  async (_which, deployed) => {
    await expect(sweep('03:30', { deployed })).rejects.toThrow();
    expect([await states(), await waitsUntil()]).toEqual([['candidate'], at('03:40')]);
  },
);

describe('many at once', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ ...OBSERVED, target: `ecs:prod/s${i}` }));

  /** Proves services that each have an alarm of their own. */
  const proveAll = async (
    count: number,
    { provesPerMinute = 1_000, refused = '', isLate = false, isResting = false } = {},
  ) => {
    const fresh = createLedger(tables.client, await tables.ledgerTable());
    for (const one of many(count)) await fresh.observe(one);
    const calls: number[] = [];
    const warned: object[] = [];
    const proving: Proving = {
      ledger: fresh,
      claims: { records: () => Promise.resolve([]) },
      lookouts: { known: () => Promise.reject(new Error('no call is expected')) },
      alarms: {
        named: (names) => {
          calls.push(names.length);
          if (names.includes(refused))
            return Promise.reject(Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' }));
          return Promise.resolve(names.map((name) => ({ ...QUIET, name })));
        },
      },
      inAlarmOf: () => Promise.resolve([]),
      rests: () => Promise.resolve(isResting),
      kindOf: () => ({
        provesPerMinute,
        deployed: (observed) =>
          Promise.allSettled(
            observed.map(({ target }) => Promise.resolve({ ...DEPLOYED, alarms: [`${target} red`] })),
          ),
      }),
      context: { optedIn: () => Promise.resolve([]), entriesOf: () => Promise.resolve([]), now: at('03:30') },
      warn: (_message, about) => void warned.push(about),
      hasTime: () => !isLate,
    };
    await prove(proving, at('03:30'));
    const left = await fresh.soaked(at('03:30'), 1_000);
    return { calls, left, warned, proven: count - left.length };
  };

  test('are proven together, with a read of their alarms for each hundred', async () => {
    expect(await proveAll(250)).toMatchObject({ proven: 250, calls: [100, 100, 50] });
  });

  test('are proven as far as the share of their kind allows; the others follow in the next minute', async () => {
    expect(await proveAll(30, { provesPerMinute: 20 })).toMatchObject({ proven: 20, warned: [] });
  });

  test('lose only what was asked for in the call that AWS throttled, and fail nothing', async () => {
    const { proven, warned } = await proveAll(150, { refused: 'ecs:prod/s149 red' });
    expect(proven).toBeGreaterThanOrEqual(50);
    expect(proven).toBeLessThan(150);
    expect(warned).toHaveLength(150 - proven);
  });

  test('are left for the next minute while their kind rests', async () => {
    expect(await proveAll(3, { isResting: true })).toMatchObject({ proven: 0, calls: [], warned: [] });
  });

  test('are left for the next minute where no time is left', async () => {
    expect(await proveAll(3, { isLate: true })).toMatchObject({ proven: 0, calls: [] });
  });
});
