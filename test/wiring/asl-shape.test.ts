import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { CLAIM_HOURS } from '../../src/ledger/dynamodb-claims.ts';
import * as errors from '../../src/rollback/errors.ts';
import { definition, functionOf, type Definition, type State } from '../paths/definition.ts';

/** The package declares its types where TypeScript does not look for them. */
const validate = createRequire(import.meta.url)('asl-validator') as (
  definition: unknown,
  options: { checkArn: boolean; checkPaths: boolean },
) => { isValid: boolean; errorsText: (separator: string) => string };

const ENDS = ['RolledBack', 'Skipped', 'FailedClean', 'FailedDirty'];

/**
 * The error names that AWS documents.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 * https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 * Runtime.*: aws/aws-lambda-runtime-interface-emulator, lambda/fatalerror. Step Functions reports `errorType` as it is
 * (floci-io/floci issue 3411).
 */
const DOCUMENTED = [
  'States.ALL',
  'States.Timeout',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.ResourceNotReadyException',
  'Lambda.ResourceConflictException',
  'Lambda.EC2ThrottledException',
  'Lambda.EC2UnexpectedException',
  'Lambda.Unknown',
  'Runtime.ExitError',
  'Runtime.OutOfMemory',
  'Sandbox.Timedout',
];

const machine = definition();
const states = Object.entries(machine.States);
const all = [
  ...states,
  ...states.flatMap(([, { Branches = [] }]) => Branches.flatMap((branch) => Object.entries(branch.States))),
];
const standard = machine.States['Judge'];
const tasks = states.filter(([, { Type }]) => Type === 'Task');

function nextOf({ Next, Default, Choices = [], Catch = [] }: State): string[] {
  const catches = Catch.map(({ Next }) => Next);
  return [Next, Default, ...Choices.map(({ Next }) => Next), ...catches].filter((name) => name !== undefined);
}

/** Returns the states that can be entered without passing through `closed`, with the fewest steps to each. */
function reachable({ StartAt, States }: Definition, closed: readonly string[] = []): Map<string, number> {
  const found = new Map([[StartAt, 1]]);
  for (const [name, step] of found) {
    const next = closed.includes(name) ? [] : nextOf(States[name]!);
    for (const other of next) if (!found.has(other)) found.set(other, step + 1);
  }
  return found;
}

describe('the state machine', () => {
  it('is valid Amazon States Language', () => {
    const { isValid, errorsText } = validate(definition(), { checkArn: true, checkPaths: true });
    expect(errorsText('\n')).toBe('');
    expect(isValid).toBe(true);
  });

  it('is made of Task, Choice, Wait, Parallel, Succeed and Fail, and one Pass that drops the input that Claim refused', () => {
    const types = new Set(all.map(([, { Type }]) => Type));
    expect([...types].toSorted()).toEqual(['Choice', 'Fail', 'Parallel', 'Pass', 'Succeed', 'Task', 'Wait']);
    expect(all.filter(([, { Type }]) => Type === 'Pass').map(([name]) => name)).toEqual(['Refused']);
  });

  it('can enter every state, and only states that exist', () => {
    expect([...reachable(machine).keys()].toSorted()).toEqual(states.map(([name]) => name).toSorted());
  });

  it('ends through Report alone', () => {
    const withoutReport = reachable(machine, ['Report']);
    expect(ENDS.filter((end) => withoutReport.has(end))).toEqual([]);
    expect(ENDS.filter((end) => reachable(machine).has(end))).toEqual(ENDS);
  });

  it('can end from every state', () => {
    const stuck = states.filter(([name, { Type }]) => {
      const ends = reachable({ ...machine, StartAt: name });
      return Type !== 'Succeed' && Type !== 'Fail' && !ENDS.some((end) => ends.has(end));
    });
    expect(stuck).toEqual([]);
  });

  it('enters at most seven states up to the first write', () => {
    expect(reachable(machine).get('Stop')).toBeLessThan(7);
    expect(reachable(machine).get('Revert')).toBeLessThanOrEqual(7);
  });
});

describe('errors', () => {
  it('are matched by names that Lastgood throws or that AWS documents', () => {
    const thrown = Object.keys(errors);
    const named = all.flatMap(([, { Retry = [], Catch = [] }]) =>
      [...Retry, ...Catch].flatMap(({ ErrorEquals }) => ErrorEquals),
    );
    expect(named.filter((name) => !thrown.includes(name) && !DOCUMENTED.includes(name))).toEqual([]);
  });

  it.each(tasks)('in %s are caught, and throttling is retried', (name, { Retry = [], Catch = [] }) => {
    const last = Catch.at(-1);
    expect(last).toMatchObject({
      ErrorEquals: ['States.ALL'],
      Next: { Report: 'FailedDirty', Claim: 'Refused', AwaitEnd: 'SettleWait' }[name] ?? 'Report',
    });
    if (name === 'AwaitEnd') return;
    expect(Retry.flatMap(({ ErrorEquals }) => ErrorEquals)).toEqual(
      expect.arrayContaining(['Throttled', 'Unavailable']),
    );
  });

  const PATIENT = 'nothing is lost to throttling while the claim lives';
  /** The tasks with their own retries or catches, and why. */
  const exceptions: Readonly<Record<string, string>> = {
    Claim: 'TargetClaimed leads to Interrupt, and no other error passes the input on',
    Interrupt: 'it has lost the claim already, and must not look like an error of its own',
    Approve: 'it waits for an answer: a timeout is silence',
    Listen: 'an error must not hide the answer',
    Reread: 'an error must not hide that no answer came',
    Review: 'an error must not hide that no answer came',
    AwaitEnd: 'a wait without its event is a plain wait',
    Report: 'it is the last, and outlasts longer outages',
    Plan: PATIENT,
    Stop: `${PATIENT}, and Paused leads to Pause`,
    Revert: `${PATIENT}, and Paused leads to Pause`,
    Pause: PATIENT,
  };

  it.each(tasks)('in %s have the standard policy, or the task is a named exception', (name, state) => {
    const policy = { Retry: state.Retry, Catch: state.Catch };
    const isStandard =
      JSON.stringify(policy) === JSON.stringify({ Retry: standard?.Retry, Catch: standard?.Catch });
    expect(isStandard).toBe(!(name in exceptions));
  });

  it('are retried by all names that pass, for ten minutes or longer', () => {
    const retriers = (standard?.Retry ?? []).map(({ Comment: _, ...retrier }) => retrier);
    expect(retriers).toEqual([
      {
        ErrorEquals: ['Throttled'],
        ...{ IntervalSeconds: 2, MaxAttempts: 70, BackoffRate: 2, MaxDelaySeconds: 30 },
        JitterStrategy: 'FULL',
      },
      {
        ErrorEquals: [
          ...['Unavailable', 'Lambda.TooManyRequestsException', 'Lambda.ServiceException'],
          ...[
            'Lambda.AWSLambdaException',
            'Lambda.SdkClientException',
            'Lambda.ClientExecutionTimeoutException',
          ],
          ...['Lambda.ResourceNotReadyException', 'Lambda.ResourceConflictException'],
          ...['Lambda.EC2ThrottledException', 'Lambda.EC2UnexpectedException', 'Lambda.Unknown'],
          ...['Runtime.ExitError', 'Runtime.OutOfMemory'],
        ],
        ...{ IntervalSeconds: 1, MaxAttempts: 34, BackoffRate: 2, MaxDelaySeconds: 20 },
      },
      {
        ErrorEquals: ['Sandbox.Timedout', 'States.Timeout'],
        ...{ IntervalSeconds: 1, MaxAttempts: 16, BackoffRate: 2, MaxDelaySeconds: 20 },
      },
    ]);
  });

  it.each(['Plan', 'Stop', 'Revert', 'Pause'])(
    'of throttling outlast the claim in %s, all others are as usual',
    (name) => {
      const { Retry = [], Catch } = machine.States[name] ?? {};
      const [throttled, ...others] = Retry;
      expect(throttled).toMatchObject({ ErrorEquals: ['Throttled'], IntervalSeconds: 2, BackoffRate: 2 });
      expect(others).toEqual(standard?.Retry?.slice(1));
      const paused = { ErrorEquals: ['Paused'], ResultPath: '$.met', Next: 'Pause' };
      const writes = name === 'Stop' || name === 'Revert';
      expect(Catch).toEqual([...(writes ? [paused] : []), ...(standard?.Catch ?? [])]);
      const { MaxAttempts = 0, MaxDelaySeconds = 0 } = throttled ?? {};
      // Full jitter: each wait is anything between 0 and its delay. The sum of many is close to normal.
      const mean = MaxAttempts * (MaxDelaySeconds / 2);
      const deviation = Math.sqrt(MaxAttempts / 12) * MaxDelaySeconds;
      expect(mean - 7 * deviation).toBeGreaterThan(CLAIM_HOURS * 3600);
      // Each attempt is scheduled, starts and fails. Three looks, a stop and three rungs may use up all of theirs.
      expect(3 * MaxAttempts * 7).toBeLessThan(25_000);
    },
  );

  it.each(['Claim', 'Interrupt', 'Listen', 'Reread', 'Review'])(
    'in %s are retried like all others',
    (name) => {
      expect(machine.States[name]?.Retry).toEqual(standard?.Retry);
    },
  );

  it.each(['Approve', 'Report'])('that pass are retried in %s like all others', (name) => {
    expect(machine.States[name]?.Retry?.slice(0, 2)).toEqual(standard?.Retry?.slice(0, 2));
  });

  it('are matched by one retrier at most, because AWS uses the first that matches', () => {
    const doubled = all.filter(([, { Retry = [] }]) => {
      const names = Retry.flatMap(({ ErrorEquals }) => ErrorEquals);
      return new Set(names).size < names.length;
    });
    expect(doubled.map(([name]) => name)).toEqual([]);
  });

  it.each(all.filter(([, { Type }]) => Type === 'Parallel'))('in %s are caught', (_, { Catch = [] }) => {
    expect(Catch.at(-1)).toMatchObject({ ErrorEquals: ['States.ALL'] });
  });

  it('are retried by the plan machine as by the rollback', () => {
    const withoutWords = (retry: State['Retry'] = []) => retry.map((one) => ({ ...one, Comment: '' }));
    for (const name of ['Plan', 'Judge'])
      expect(withoutWords(definition('plan').States[name]?.Retry)).toEqual(withoutWords(standard?.Retry));
  });

  it('are kept beside the document, and replace it only where Claim refused it', () => {
    const replacing = all.filter(([, { Type, Catch = [] }]) =>
      Catch.some(({ ResultPath = '$', Next }) => ResultPath === '$' && !(Type === 'Task' && isLeaf(Next))),
    );
    expect(replacing.map(([name]) => name)).toEqual(['Claim']);
  });

  it('of Claim replace the document, and only the input goes on beside them', () => {
    expect(machine.States['Refused']).toMatchObject({
      Parameters: { 'error.$': '$', 'input.$': '$$.Execution.Input' },
      Next: 'Report',
    });
  });

  /** Returns whether an error ends the branch, in a branch whose result is not kept. */
  function isLeaf(name: string): boolean {
    return all.some(([other, { Type }]) => other === name && Type === 'Succeed' && !ENDS.includes(name));
  }

  it.each(all.filter(([, { Type }]) => Type === 'Task'))('in %s include a timeout', (_, state) => {
    expect('TimeoutSeconds' in state || 'TimeoutSecondsPath' in state).toBe(true);
  });
});

describe('the machines that only look', () => {
  it.each([
    ['plan', ['mechanism plan', 'guard judge']],
    ['list', ['mechanism runs']],
  ] as const)('%s is valid, and calls only verbs that read', (name, expected) => {
    const { isValid, errorsText } = validate(definition(name), { checkArn: true, checkPaths: true });
    expect(errorsText('\n')).toBe('');
    expect(isValid).toBe(true);
    expect(callsOf(definition(name))).toEqual(expected);
  });

  it.each(['plan', 'list'] as const)('%s hands a mechanism nothing but the request', (name) => {
    const [first] = tasksOf(definition(name));
    expect(first?.Parameters?.Payload).toHaveProperty('rollback', { 'request.$': '$.request' });
  });
});

describe('the machine of a storm', () => {
  const storm = definition('storm');
  const withoutWords = (retry: State['Retry'] = []) => retry.map((one) => ({ ...one, Comment: '' }));

  it('is valid, and calls only its own function', () => {
    const { isValid, errorsText } = validate(definition('storm'), { checkArn: true, checkPaths: true });
    expect(errorsText('\n')).toBe('');
    expect(isValid).toBe(true);
    expect(callsOf(storm)).toEqual(['storm update', 'storm answer']);
  });

  it.each(['Update', 'Answer'])('retries %s like all others, catches the rest, and has a timeout', (name) => {
    const { Retry, Catch = [], ...state } = storm.States[name]!;
    expect(withoutWords(Retry)).toEqual(withoutWords(standard?.Retry));
    expect(Catch.map(({ ErrorEquals, Next }) => [ErrorEquals, Next])).toEqual([[['States.ALL'], 'Failed']]);
    expect('TimeoutSeconds' in state).toBe(true);
  });

  it('can enter every state, and end from each', () => {
    const names = Object.keys(storm.States);
    expect([...reachable(storm).keys()].toSorted()).toEqual(names.toSorted());
    for (const name of names) {
      const ends = reachable({ ...storm, StartAt: name });
      expect(name === 'Failed' || ends.has('Ended')).toBe(true);
    }
  });

  it('makes three transitions for each look', () => {
    expect(storm.States['Update']?.Next).toBe('Updated');
    expect(storm.States['Pause']?.Next).toBe('Update');
  });
});

describe('the machine of a lookout', () => {
  const lookout = definition('lookout');
  const names = Object.keys(lookout.States);
  const calling = Object.entries(lookout.States).filter(([, { Type }]) => Type === 'Task');
  const withoutWords = (retry: State['Retry'] = []) => retry.map((one) => ({ ...one, Comment: '' }));

  it('is valid, and calls only its own function and two verbs of mechanisms', () => {
    const { isValid, errorsText } = validate(definition('lookout'), { checkArn: true, checkPaths: true });
    expect(errorsText('\n')).toBe('');
    expect(isValid).toBe(true);
    expect(callsOf(lookout)).toEqual([
      ...['mechanism sides', 'lookout look', 'lookout weigh', 'lookout accuse'],
      ...['mechanism pass', 'lookout end'],
    ]);
  });

  it.each(calling)(
    'retries %s like all others, for ten minutes, and has a timeout',
    (_, { Retry, ...state }) => {
      expect(withoutWords(Retry)).toEqual(withoutWords(standard?.Retry));
      expect('TimeoutSeconds' in state).toBe(true);
    },
  );

  it.each(calling)('records the end where %s fails, beside the document', (name, { Catch = [] }) => {
    const next = name === 'End' ? 'Failed' : 'End';
    const paused = { ErrorEquals: ['Paused'], ResultPath: '$.met', Next: 'Rest' };
    expect(Catch).toEqual([
      ...(name === 'Pass' ? [paused] : []),
      { ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: next },
    ]);
  });

  it('can enter every state, and end from each', () => {
    expect([...reachable(lookout).keys()].toSorted()).toEqual(names.toSorted());
    for (const name of names) {
      const ends = reachable({ ...lookout, StartAt: name });
      expect(name === 'Failed' || ends.has('Ended')).toBe(true);
    }
  });

  it('ends through End alone, but for an input without a kind or a target', () => {
    const withoutEnd = reachable(lookout, ['End']);
    expect([withoutEnd.has('Ended'), withoutEnd.has('Failed')]).toEqual([false, true]);
    const fromSides = reachable({ ...lookout, StartAt: 'Sides' }, ['End']);
    expect(fromSides.has('Failed')).toBe(false);
  });

  it('has one Pass, which starts anew for another target', () => {
    const passes = Object.entries(lookout.States).filter(([, { Type }]) => Type === 'Pass');
    expect(passes.map(([name]) => name)).toEqual(['Instead']);
    expect(Object.keys(lookout.States['Instead']?.Parameters ?? {})).toEqual([
      ...['kind.$', 'target.$', 'deployment.$', 'startedAt.$'],
    ]);
  });

  it('reads no path in a Choice before it checks that it is present', () => {
    const choices = Object.values(lookout.States).flatMap(({ Choices = [] }) => Choices as readonly Test[]);
    expect(choices.length).toBeGreaterThan(6);
    for (const all of Object.values(lookout.States)) {
      const checked = new Set<string>();
      for (const choice of (all.Choices ?? []) as readonly Test[])
        for (const test of choice.And ?? [choice]) {
          if ('IsPresent' in test) checked.add(test.Variable ?? '');
          expect([...checked]).toContain(test.Variable);
        }
    }
  });

  it('makes four transitions for each look, and two more where it reads the sides', () => {
    expect(lookout.States['Look']?.Next).toBe('Weigh');
    expect(lookout.States['Weigh']?.Next).toBe('Weighed');
    expect(lookout.States['Wait']?.Next).toBe('Look');
    expect(lookout.States['WaitForSides']?.Next).toBe('Sides');
    expect(lookout.States['Sides']?.Next).toBe('Sided');
  });
});

describe('the machine of readiness', () => {
  const readiness = definition('readiness');
  const names = Object.keys(readiness.States);
  const calling = Object.entries(readiness.States).filter(([, { Type }]) => Type === 'Task');
  const withoutWords = (retry: State['Retry'] = []) => retry.map((one) => ({ ...one, Comment: '' }));

  it('is valid, and calls only its own function and two verbs that read', () => {
    const { isValid, errorsText } = validate(definition('readiness'), { checkArn: true, checkPaths: true });
    expect(errorsText('\n')).toBe('');
    expect(isValid).toBe(true);
    expect(callsOf(readiness)).toEqual(['mechanism plan', 'mechanism readiness', 'readiness weigh']);
  });

  it.each(calling)(
    'retries %s like all others, for ten minutes, and has a timeout',
    (_, { Retry, ...state }) => {
      expect(withoutWords(Retry)).toEqual(withoutWords(standard?.Retry));
      expect('TimeoutSeconds' in state).toBe(true);
    },
  );

  it.each(calling)('weighs where %s fails, beside the document', (name, { Catch = [] }) => {
    const next = name === 'Weigh' ? 'Failed' : 'Weigh';
    expect(Catch).toEqual([{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: next }]);
  });

  it('can enter every state, and end from each', () => {
    expect([...reachable(readiness).keys()].toSorted()).toEqual(names.toSorted());
    for (const name of names) {
      const ends = reachable({ ...readiness, StartAt: name });
      expect(name === 'Failed' || ends.has('Checked')).toBe(true);
    }
  });

  it('ends through Weigh alone, but for an input without a kind or a request', () => {
    const withoutWeigh = reachable(readiness, ['Weigh']);
    expect([withoutWeigh.has('Checked'), withoutWeigh.has('Failed')]).toEqual([false, true]);
    expect(reachable({ ...readiness, StartAt: 'Due' }, ['Weigh']).has('Failed')).toBe(false);
  });
});

/** A test of a Choice. */
interface Test {
  readonly Variable?: string;
  readonly IsPresent?: boolean;
  readonly And?: readonly Test[];
}

function tasksOf({ States }: Definition): State[] {
  return Object.values(States).flatMap((state) =>
    state.ItemProcessor ? tasksOf(state.ItemProcessor) : [state],
  );
}

/** Returns `mechanism plan` … in the order of the file. */
function callsOf({ States }: Definition): string[] {
  return Object.values(States).flatMap(({ Type, Parameters, ItemProcessor }) => {
    if (ItemProcessor !== undefined) return callsOf(ItemProcessor);
    if (Type !== 'Task' || Parameters === undefined) return [];
    const { FunctionName, Payload } = Parameters;
    return [`${FunctionName === undefined ? 'mechanism' : functionOf(FunctionName)} ${Payload?.verb ?? ''}`];
  });
}
