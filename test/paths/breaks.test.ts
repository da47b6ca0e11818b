import { describe, expect, it } from 'vitest';
import type { Execution } from '@lastgood/embedded-aws/runtime/states/execution.ts';
import { secondsBetween } from '../../src/rollback/time.ts';
import { MAX_DOCUMENT_BYTES } from '../../src/lambda/fitting.ts';
import {
  COURSES,
  HANGS,
  named,
  play,
  refused,
  replyOn,
  SLICES,
  type Call,
  type Document,
  type Reply,
} from './broken.ts';
import { definition } from './definition.ts';
import { REQUEST } from './stage.ts';

/** Largest input or output of a state: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const LIMIT = 256 * 1024;

/** The verb of each function, with a course that calls it. */
const CALLED: readonly (readonly [verb: string, course: keyof typeof COURSES])[] = [
  ['claim', 'straight'],
  ['interrupt', 'claimed'],
  ['plan', 'straight'],
  ['judge', 'straight'],
  ['ask', 'question'],
  ['ask', 'answer'],
  ['listen', 'question'],
  ['review', 'question'],
  ['stop', 'straight'],
  ['revert', 'rungs'],
  ['gather', 'straight'],
  ['publish', 'straight'],
  ['publish', 'rungs'],
  ['publish', 'looks'],
  ['publish', 'turns'],
  ['claim', 'turns'],
  ['judge', 'turns'],
  ['settled', 'turns'],
  ['settled', 'straight'],
  ['await', 'awaited'],
  ['pause', 'pauses'],
  ['stop', 'pauses'],
  ['verify', 'straight'],
  ['report', 'straight'],
];

const entered = ({ states }: Execution): readonly string[] => states.map(({ name }) => name);

/** The ways in which AWS fails a call of a function, each time that it is made. */
const WAYS: Readonly<Record<string, Reply>> = {
  'is refused by Lambda': () => fail(refused()),
  'is not ready': () => fail(refused('ResourceNotReadyException')),
  'is gone': () => fail(refused('ResourceNotFoundException')),
  'is throttled': () => fail(named('Throttled')),
  'gets no answer of AWS': () => fail(named('Unavailable')),
  'may not do it': () => fail(named('NotPermitted')),
  exits: () => fail(named('Runtime.ExitError')),
  'is out of memory': () => fail(named('Runtime.OutOfMemory')),
  'cannot be loaded': () => fail(named('Runtime.ImportModuleError')),
  'ends by its own limit of time': () => fail(named('Sandbox.Timedout')),
  'has an unknown error': () => fail(named('Lambda.Unknown')),
  'has a bug': () => fail(named('TypeError', '')),
  hangs: () => HANGS,
  'answers more than fits': () => 'x'.repeat(LIMIT),
  'returns the largest document that a function returns': largest,
  'returns the largest document, and then fails with the longest cause': (call, times) =>
    times === 0 ? largest(call) : fail(named('Error', 'x'.repeat(32_768))),
  'answers without its slice': ({ rollback }) => rollback,
  'answers with an empty slice': ({ verb, rollback }) => ({ ...rollback, [SLICES[verb] ?? 'more']: {} }),
  'answers with a slice of other types': ({ verb, rollback }) => ({
    ...rollback,
    [SLICES[verb] ?? 'more']: { state: 7, verdict: [], kind: 'none', unheard: 'x', more: 'x', reason: 7 },
  }),
  'answers with a pause that is missing': ({ verb, rollback }) => ({
    ...rollback,
    [SLICES[verb] ?? 'more']: { state: 'pending', verdict: 'look-again' },
  }),
  'answers with a pause that is no number': ({ verb, rollback }) => ({
    ...rollback,
    [SLICES[verb] ?? 'more']: {
      ...{ state: 'pending', pollAgainInSeconds: 'soon' },
      ...{ verdict: 'ask', countdownSeconds: -1, lookAgainInSeconds: null },
    },
  }),
  'answers with a turn that is no instant': ({ verb, rollback }) => ({
    ...rollback,
    [SLICES[verb] ?? 'more']: {
      ...{
        kind: 'ecs',
        verdict: 'act',
        more: true,
        pollInSeconds: 'soon',
        turn: { at: 'soon', isLong: true },
      },
      state: { revert: 'started', settled: 'due' }[verb] ?? 'ready',
    },
  }),
};

function largest({ verb, rollback }: Call): Document {
  const slice = SLICES[verb] ?? 'more';
  const room = MAX_DOCUMENT_BYTES - JSON.stringify({ ...rollback, [slice]: '' }).length;
  return { ...rollback, [slice]: 'x'.repeat(Math.max(0, room)) };
}

function fail(error: Error): never {
  throw error;
}

/** Breaks every call of one verb. */
function breaking(course: keyof typeof COURSES, verb: string, way: Reply): Reply {
  const usual = replyOn(COURSES[course]!);
  return (call: Call, times) => (call.verb === verb ? way(call, times) : usual(call, times));
}

describe('the courses', () => {
  it('enter every state of the rollback but the bad ends', async () => {
    const runs = await Promise.all(Object.values(COURSES).map((course) => play({ course })));
    const all = new Set(runs.flatMap(entered));
    const states = Object.entries(definition().States).flatMap(([name, { Branches = [] }]) => [
      name,
      ...Branches.flatMap(({ States }) => Object.keys(States)),
    ]);
    expect(states.filter((name) => !all.has(name))).toEqual([
      'Refused',
      'TurnNotPublished',
      'LookNotPublished',
      'EvidenceMissing',
      'NotPublished',
      'RungNotPublished',
      'Skipped',
      'FailedClean',
      'FailedDirty',
    ]);
  });
});

describe.each(CALLED)('a rollback whose %s (%s)', (verb, course) => {
  it.each(Object.entries(WAYS))('%s ends through Report, with its request', async (_, way) => {
    const run = await play({ course: COURSES[course]!, reply: breaking(course, verb, way) });
    expect(entered(run)).toContain('Report');
    expect(run.status).not.toBe('RUNNING');
    expect(run.error ?? '').not.toMatch(/^States\./);
    // What Claim refused is no longer the document, but the input beside its error.
    const [reported = {}] = run.reported;
    expect(reported['input'] ?? reported).toHaveProperty('request', REQUEST);
  });
});

describe('an input by hand that is as large as an execution accepts', () => {
  it('ends without Report where Refused has to repeat it, and the backstop hears of that', async () => {
    const input = { request: 'x'.repeat(LIMIT - 40) };
    const reply: Reply = (call, times) =>
      call.verb === 'claim'
        ? fail(named('InvalidRequest', 'x'.repeat(100)))
        : replyOn(COURSES['straight']!)(call, times);
    const run = await play({ reply }, input);
    expect(entered(run).slice(0, 2)).toEqual(['Claim', 'Refused']);
    // FAILED is a status of the backstop's rule, and without FailedClean it is not taken for a report.
    expect(run).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });
});

/** Makes the first answer of the verb so large that the document has no room for anything else. */
function filled(course: keyof typeof COURSES, large: string): Reply {
  const usual = replyOn(COURSES[course]!);
  return (call, times) => {
    if (call.verb === 'plan')
      return { ...call.rollback, plan: { state: 'ready', memo: 'x'.repeat(150_000) } };
    if (call.verb === 'gather') return large;
    if (call.verb === 'publish') return [large];
    return usual(call, times);
  };
}

describe('an output that outgrows a state beside the line', () => {
  it.each(['straight', 'rungs', 'looks', 'turns'] as const)(
    'does not fail the way back (%s)',
    async (course) => {
      const large = 'x'.repeat(LIMIT / 2);
      const run = await play({ course: COURSES[course]!, reply: filled(course, large) });
      expect(entered(run).at(-1)).toBe('RolledBack');
      const [reported] = run.reported;
      const beside = { straight: 'gathered', rungs: 'announced', looks: 'looked', turns: 'awaited' }[course];
      expect(reported).toHaveProperty(`${beside}.Error`, 'States.DataLimitExceeded');
    },
  );
});

/** For so many seconds after its first call of this verb, the function fails in this way. */
function troubled(course: keyof typeof COURSES, verb: string, seconds: number, way: Reply): Reply {
  const usual = replyOn(COURSES[course]!);
  let until: number | null = null;
  let failures = 0;
  return (call, times) => {
    const now = call.now;
    if (call.verb !== verb) return usual(call, times);
    until ??= now + seconds * 1000;
    if (now < until) return (failures++, way(call, times));
    return usual(call, times - failures);
  };
}

const PASSING: Readonly<Record<string, Reply>> = {
  'Lambda refuses to run it': () => fail(refused()),
  'Lambda has an error of its own': () => fail(refused('ServiceException')),
  'AWS throttles it': () => fail(named('Throttled')),
  'AWS does not answer it': () => fail(named('Unavailable')),
  'its environment ends': () => fail(named('Runtime.ExitError')),
};

/** Verbs that are not retried, because the line goes on without them. */
const BESIDE = ['gather', 'publish', 'await'];

describe.each(CALLED.filter(([verb]) => !BESIDE.includes(verb)))(
  'ten minutes of trouble for %s (%s)',
  (verb, course) => {
    it.each(Object.entries(PASSING))('are outlasted: %s', async (_, way) => {
      const usual = await play({ course: COURSES[course]! });
      const run = await play({ course: COURSES[course]!, reply: troubled(course, verb, 600, way) });
      expect(entered(run)).toEqual(entered(usual));
      // The turn comes at its instant, whatever delays Claim.
      const waited = verb === 'claim' && course === 'turns' ? 30 : 0;
      expect(run.seconds).toBeGreaterThan(usual.seconds + 600 - waited);
    });
  },
);

describe('a question', () => {
  it('has its whole countdown after Lambda could not run the function for ten minutes', async () => {
    const usual = await play({ course: COURSES['question']! });
    const run = await play({
      course: COURSES['question']!,
      reply: troubled('question', 'ask', 600, () => fail(refused())),
    });
    const [asked, silent] = run.states.slice(entered(run).indexOf('Approve'));
    expect(entered(run)).toEqual(entered(usual));
    expect(Date.parse(silent!.at) - Date.parse(asked!.at)).toBeGreaterThan(1_200_000);
  });
});

describe('a wait for an event', () => {
  it.each(Object.entries(PASSING))('is a plain wait, without a second try, when %s', async (_, way) => {
    const run = await play({
      course: COURSES['awaited']!,
      reply: breaking('awaited', 'await', way),
    });
    expect(entered(run).join(' ')).toContain('Settled AwaitEnd SettleWait Settle Settled Verify');
    const [failed, waits, polls] = run.states.slice(entered(run).indexOf('AwaitEnd'));
    expect(secondsBetween(failed!.at, waits!.at)).toBeLessThan(2);
    expect(secondsBetween(waits!.at, polls!.at)).toBeGreaterThanOrEqual(30);
  });
});

describe('Report', () => {
  it('is tried again after any other error, six times', async () => {
    const failing =
      (failures: number): Reply =>
      (call, times) =>
        call.verb === 'report' && times < failures
          ? fail(named('TypeError'))
          : replyOn(COURSES['straight']!)(call, times);
    expect(entered(await play({ reply: failing(6) })).at(-1)).toBe('RolledBack');
    expect(entered(await play({ reply: failing(7) })).at(-1)).toBe('FailedDirty');
  });
});

describe('a plan for a person', () => {
  it.each(Object.entries(PASSING))('outlasts ten minutes: %s', async (_, way) => {
    for (const verb of ['plan', 'judge']) {
      const reply = troubled('straight', verb, 600, way);
      const run = await play({ machine: 'plan', reply }, { request: REQUEST, kind: 'ecs' });
      expect(run).toMatchObject({ status: 'SUCCEEDED', output: { plan: { state: 'ready' } } });
    }
  });
});

describe('functions that hang', () => {
  it.each(['plan', 'revert', 'settled', 'verify', 'report'])(
    'for ten minutes are outlasted: %s',
    async (verb) => {
      const usual = await play({});
      const slow: Reply = () => HANGS;
      const run = await play({ reply: troubled('straight', verb, 600, slow) });
      expect(entered(run)).toEqual(entered(usual));
    },
  );
});
