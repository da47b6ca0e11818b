import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Clock } from '../../world/clock.ts';

const START = '2026-03-01T12:00:00.000Z';
const never = (): boolean => false;

test('what is due happens in order of time, and equal instants in the order they were asked for', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: -5, max: 50 })), async (delays) => {
      const clock = new Clock(START);
      const happened: { at: number; index: number }[] = [];
      delays.forEach((delay, index) =>
        clock.after(delay, () => void happened.push({ at: clock.now(), index })),
      );
      await clock.run(never);
      const expected = delays.map((delay, index) => ({ at: Date.parse(START) + Math.max(0, delay), index }));
      expect(happened).toEqual(expected.sort((a, b) => a.at - b.at || a.index - b.index));
    }),
    { numRuns: 50 },
  );
});

test('time never goes back, whatever is asked for while it runs', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: -10, max: 10 }))),
      async (pairs) => {
        const clock = new Clock(START);
        const seen: number[] = [];
        for (const [delay, more] of pairs)
          clock.after(delay, () => clock.after(more, () => void seen.push(clock.now())));
        await clock.run(never);
        expect(seen).toEqual(seen.toSorted((a, b) => a - b));
        expect(seen).toHaveLength(pairs.length);
      },
    ),
    { numRuns: 50 },
  );
});

test('a cancelled timer does not happen', async () => {
  const clock = new Clock(START);
  const happened: string[] = [];
  const timer = clock.after(10, () => void happened.push('cancelled'));
  clock.after(5, () => timer.cancel());
  clock.after(20, () => void happened.push('kept'));
  await clock.run(never);
  expect(happened).toEqual(['kept']);
});

test('something repeated happens each interval until it is cancelled', async () => {
  const clock = new Clock(START);
  let times = 0;
  const timer = clock.every(60_000, () => times++);
  await clock.run(never, clock.now() + 180_000);
  timer.cancel();
  await clock.run(never, clock.now() + 180_000);
  expect(times).toBe(3);
});

test('running until an instant brings the time there, also when nothing is due', async () => {
  const clock = new Clock(START);
  await clock.run(never, clock.now() + 1_000);
  expect(clock.now()).toBe(Date.parse(START) + 1_000);
  clock.after(5_000, () => undefined);
  await clock.run(never, clock.now() + 1_000);
  expect(clock.now()).toBe(Date.parse(START) + 2_000);
});

test('an instant that has passed does not turn the time back', async () => {
  const clock = new Clock(START);
  clock.after(10_000, () => undefined);
  await clock.run(never, clock.now() - 5_000);
  expect(clock.iso()).toBe(START);
});

test('it ends as soon as it is done, with the time of the last thing that happened', async () => {
  const clock = new Clock(START);
  let done = false;
  clock.after(10, () => (done = true));
  clock.after(20, () => undefined);
  await clock.run(() => done, clock.now() + 100);
  expect(clock.now()).toBe(Date.parse(START) + 10);
});

test('time stands still while real work is held, and goes on when all of it is done', async () => {
  const clock = new Clock(START);
  const times: number[] = [];
  const work = (turns: number) => async (): Promise<void> => {
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
    times.push(clock.now());
  };
  clock.after(1_000, () => {
    void clock.holding(work(20)).then(() => clock.holding(work(20)));
    void clock.holding(work(5));
  });
  clock.after(1_001, () => void times.push(clock.now()));
  await clock.run(never);
  const [first] = times;
  expect(times).toEqual([first, first, first, (first ?? 0) + 1]);
});

test('work that fails is let go of', async () => {
  const clock = new Clock(START);
  const failed = clock.holding(() => Promise.reject(new Error('no'))).catch(() => 'failed');
  await clock.run(never, clock.now() + 10);
  expect(await failed).toBe('failed');
});

test('two runs at a time are refused', async () => {
  const clock = new Clock(START);
  clock.after(10, () => undefined);
  const running = clock.run(never);
  await expect(clock.run(never)).rejects.toThrow('running already');
  await running;
});
