import { expect, test } from 'vitest';
import type { Outside } from '../../../runtime/lambda/in-process.ts';
import { Lambda } from '../../../runtime/lambda/lambda.ts';
import { Clock } from '../../../world/clock.ts';
import { Random } from '../../../world/random.ts';
import { START, lambdaFrom, settled } from './fixture.ts';

/** Longer than any difference between two cold starts. */
const LATENCY_MS = 2000;

/** Runs a function for the events `a` and `b` at once. Returns its two calls for each, in their order. */
async function callsOf(interleaved: boolean): Promise<readonly string[]> {
  const clock = new Clock(START);
  const calls: string[] = [];
  const twice = lambdaFrom('', { timeoutSeconds: 10 });
  const send = ({ role }: { role: string }, command: object): Promise<object> => {
    const isInTime = clock.now() === lambda.timing.begin(role);
    calls.push(`${Object.values(command).join('')}${isInTime ? '' : ' early'}`);
    lambda.timing.end(role, LATENCY_MS);
    return Promise.resolve({});
  };
  const outside = {
    bindings: () =>
      Promise.resolve(({ tables }: { tables: { send(command: object): Promise<object> } }) => {
        return async (name: string) => {
          await tables.send({ name, call: 1 });
          await tables.send({ name, call: 2 });
        };
      }),
    direct: { send },
    fetch,
  } as unknown as Outside;
  const lambda: Lambda = new Lambda({
    functions: [twice],
    clock,
    random: (name) => new Random(1, name),
    endpoint: () => '',
    credentials: () => ({ accessKeyId: '', secretAccessKey: '' }),
    root: '/',
    inProcess: () => outside,
    interleaved,
  });
  await settled(clock, Promise.all([lambda.invoke(twice, 'a'), lambda.invoke(twice, 'b')]));
  return calls;
}

test('a function in process that waits is ahead of the clock, and answers when its wait is over', async () => {
  const clock = new Clock(START);
  const waits = lambdaFrom('', { timeoutSeconds: 90 });
  const outside = {
    bindings: () =>
      Promise.resolve(
        ({ now, wait }: { now: () => string; wait: (milliseconds: number) => Promise<void> }) => {
          return async () => {
            const at = Date.parse(now());
            await wait(60_000);
            return [Date.parse(now()) - at, clock.now() - at < 60_000];
          };
        },
      ),
    direct: {},
    fetch,
  } as unknown as Outside;
  const lambda = new Lambda({
    functions: [waits],
    clock,
    random: (name) => new Random(1, name),
    endpoint: () => '',
    credentials: () => ({ accessKeyId: '', secretAccessKey: '' }),
    root: '/',
    inProcess: () => outside,
  });
  expect(await settled(clock, lambda.invoke(waits, {}))).toMatchObject({ payload: '[60000,true]' });
  expect(clock.now()).toBeGreaterThanOrEqual(Date.parse(START) + 60_000);
});

test('invocations of one instant run one after the other', async () => {
  expect(await callsOf(false)).toEqual(['a1 early', 'a2 early', 'b1 early', 'b2 early']);
});

test('interleaved, each call waits for its instant, and others run until then', async () => {
  const calls = await callsOf(true);
  expect(calls.slice(0, 2).toSorted()).toEqual(['a1', 'b1']);
  expect(calls.slice(2).toSorted()).toEqual(['a2', 'b2']);
});
