import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import * as errors from '../../src/rollback/errors.ts';
import { definition, functionOf, type Definition, type State } from '../paths/definition.ts';

/** The package declares its types where TypeScript does not look for them. */
const validate = createRequire(import.meta.url)('asl-validator') as (
  definition: unknown,
  options: { checkArn: boolean; checkPaths: boolean },
) => { isValid: boolean; errorsText: (separator: string) => string };

const ENDS = ['RolledBack', 'Skipped', 'FailedClean', 'FailedDirty'];

/**
 * The error names that Step Functions and its Lambda integration document.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 * https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html
 */
const DOCUMENTED = [
  'States.ALL',
  'States.Timeout',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Lambda.ClientExecutionTimeoutException',
  'Sandbox.Timedout',
];

const machine = definition();
const states = Object.entries(machine.States);
const all = [
  ...states,
  ...states.flatMap(([, { Branches = [] }]) => Branches.flatMap((branch) => Object.entries(branch.States))),
];
const tasks = states.filter(([, { Type }]) => Type === 'Task');

function nextOf({ Next, Default, Choices = [], Catch = [] }: State): string[] {
  const catches = Catch.map(({ Next }) => Next);
  return [Next, Default, ...Choices.map(({ Next }) => Next), ...catches].filter((name) => name !== undefined);
}

/** States that can be entered, in the fewest steps, without passing through `closed`. */
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

  it('is made of Task, Choice, Wait, Parallel, Succeed and Fail', () => {
    const types = new Set(all.map(([, { Type }]) => Type));
    expect([...types].toSorted()).toEqual(['Choice', 'Fail', 'Parallel', 'Succeed', 'Task', 'Wait']);
  });

  it('can enter every state, and only states that there are', () => {
    expect([...reachable(machine).keys()].toSorted()).toEqual(states.map(([name]) => name).toSorted());
  });

  it('comes to an end through Report alone', () => {
    const withoutReport = reachable(machine, ['Report']);
    expect(ENDS.filter((end) => withoutReport.has(end))).toEqual([]);
    expect(ENDS.filter((end) => reachable(machine).has(end))).toEqual(ENDS);
  });

  it('can come to an end from every state', () => {
    const stuck = states.filter(([name, { Type }]) => {
      const ends = reachable({ ...machine, StartAt: name });
      return Type !== 'Succeed' && Type !== 'Fail' && !ENDS.some((end) => ends.has(end));
    });
    expect(stuck).toEqual([]);
  });

  it('enters at most six states up to the first write', () => {
    expect(reachable(machine).get('Stop')).toBeLessThan(6);
    expect(reachable(machine).get('Revert')).toBeLessThanOrEqual(6);
  });
});

describe('errors', () => {
  it('are called by names that we throw or that AWS documents', () => {
    const ours = Object.keys(errors);
    const named = all.flatMap(([, { Retry = [], Catch = [] }]) =>
      [...Retry, ...Catch].flatMap(({ ErrorEquals }) => ErrorEquals),
    );
    expect(named.filter((name) => !ours.includes(name) && !DOCUMENTED.includes(name))).toEqual([]);
  });

  it.each(tasks)('in %s are caught, and throttling is waited out', (name, { Retry = [], Catch = [] }) => {
    const last = Catch.at(-1);
    expect(last).toMatchObject({
      ErrorEquals: ['States.ALL'],
      Next: name === 'Report' ? 'FailedDirty' : 'Report',
    });
    expect(Retry.flatMap(({ ErrorEquals }) => ErrorEquals)).toEqual(
      expect.arrayContaining(['Throttled', 'Unavailable']),
    );
  });

  const standard = machine.States['Plan'];
  /** Each task with retries or catches of its own, and why. */
  const exceptions: Readonly<Record<string, string>> = {
    Claim: 'TargetClaimed leads to Interrupt',
    Interrupt: 'it has lost already, and must not look like an error of its own',
    Approve: 'it waits for an answer: a timeout is silence',
    Listen: 'an error must not hide the answer',
    Report: 'it is the last, and outlasts longer outages',
  };

  it.each(tasks)('in %s are treated by the standard policy, or it is a named exception', (name, state) => {
    const policy = { Retry: state.Retry, Catch: state.Catch };
    const isStandard =
      JSON.stringify(policy) === JSON.stringify({ Retry: standard?.Retry, Catch: standard?.Catch });
    expect(isStandard).toBe(!(name in exceptions));
  });

  it('are kept beside the document, which none replaces', () => {
    const replacing = all.filter(([, { Type, Catch = [] }]) =>
      Catch.some(({ ResultPath = '$', Next }) => ResultPath === '$' && Type === 'Task' && !isLeaf(Next)),
    );
    expect(replacing.map(([name]) => name)).toEqual([]);
  });

  /** In a branch whose result is not kept, an error ends it. */
  function isLeaf(name: string): boolean {
    return all.some(([other, { Type }]) => other === name && Type === 'Succeed' && !ENDS.includes(name));
  }

  it.each(all.filter(([, { Type }]) => Type === 'Task'))('in %s include its being late', (_, state) => {
    expect('TimeoutSeconds' in state || 'TimeoutSecondsPath' in state).toBe(true);
  });
});

describe('the machines that only look', () => {
  it.each([
    ['plan', ['mechanism plan', 'guard judge']],
    ['list', ['mechanism runs']],
  ] as const)('%s is valid, and calls nothing that changes anything', (name, expected) => {
    const { isValid, errorsText } = validate(definition(name), { checkArn: true, checkPaths: true });
    expect(errorsText('\n')).toBe('');
    expect(isValid).toBe(true);
    expect(callsOf(definition(name))).toEqual(expected);
  });
});

/** `mechanism plan` … in the order of the file. */
function callsOf({ States }: Definition): string[] {
  return Object.values(States).flatMap(({ Parameters, ItemProcessor }) => {
    if (ItemProcessor !== undefined) return callsOf(ItemProcessor);
    if (Parameters === undefined) return [];
    const { FunctionName, Payload } = Parameters;
    return [`${FunctionName === undefined ? 'mechanism' : functionOf(FunctionName)} ${Payload?.verb ?? ''}`];
  });
}
