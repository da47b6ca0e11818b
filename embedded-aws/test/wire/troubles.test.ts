import { DescribeServicesCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { afterEach, expect, it } from 'vitest';
import type { Command } from '../../wire/direct.ts';
import { awsError, operation, running, service, type Running } from './fakes.ts';

let on: Running | undefined;
afterEach(() => on?.wire.close());

const READ = new DescribeServicesCommand({ services: ['a'] });
const WRITE = new UpdateServiceCommand({ service: 'a' });
const access = { action: 'ecs:UpdateService', resource: '*' };

/** Sends as the operator, and returns the answer or the error's name. */
async function ecs() {
  const world = { running: 1 };
  const update = operation({}, { accesses: [access] });
  const read = { ...operation({}), run: () => ({ services: [{ runningCount: world.running }] }) };
  const waited: number[] = [];
  on = await running([service('ecs', { DescribeServices: read, UpdateService: update })], {
    timing: { begin: () => on?.clock.now() ?? 0, end: (_, ms) => void waited.push(ms) },
  });
  const { wire, clock } = on;
  const send = (command: object): Promise<unknown> =>
    wire.direct.send({ role: 'operator', region: 'eu-west-1' }, command as Command).then(
      (answer) =>
        (answer as { services?: { runningCount?: number }[] }).services?.[0]?.runningCount ?? 'done',
      (error: unknown) => (error as Error).name,
    );
  return { world, update, waited, send, clock, troubles: wire.troubles };
}

it('refuses calls until it is ended, and AWS does nothing', async () => {
  const { send, troubles, update } = await ecs();
  const end = troubles.refuse(({ service: name }) =>
    name === 'ecs' ? awsError('ServerException', 'down') : null,
  );
  expect(await send(WRITE)).toBe('ServerException');
  end();
  end();
  expect([await send(WRITE), update.inputs.length]).toEqual(['done', 1]);
});

it('takes a permission away', async () => {
  const { send, troubles } = await ecs();
  const end = troubles.deny((role, { action }) => role === 'operator' && action === 'ecs:UpdateService');
  expect([await send(WRITE), await send(READ)]).toEqual(['AccessDeniedException', 1]);
  expect(on?.wire.calls[0]?.allowed).toBe(false);
  end();
  expect(await send(WRITE)).toBe('done');
});

it('loses the answer of a call that is done: the SDK times out, and does it again', async () => {
  const { send, troubles, update, waited } = await ecs();
  let times = 0;
  const end = troubles.silence(() => (times++ === 0 ? { seconds: 5, isDone: true } : null));
  expect([await send(WRITE), update.inputs.length]).toEqual(['done', 2]);
  expect(waited[0]).toBeGreaterThan(5_000);
  expect(waited[1]).toBeLessThan(1_000);
  expect(on?.wire.calls.map(({ error }) => error)).toEqual(['TimeoutError', undefined]);
  end();
});

it('leaves a call unanswered that is not done', async () => {
  const { send, troubles, update } = await ecs();
  const end = troubles.silence(() => ({ seconds: 5, isDone: false }));
  expect([await send(WRITE), update.inputs.length]).toEqual(['TimeoutError', 0]);
  end();
  expect(await send(WRITE)).toBe('done');
});

it('answers a read as it was, for so many seconds', async () => {
  const { send, troubles, world, clock } = await ecs();
  const end = troubles.stale(({ operation: name }) => name === 'DescribeServices', 30);
  expect(await send(READ)).toBe(1);
  world.running = 2;
  expect(await send(READ)).toBe(1);
  await clock.run(() => false, clock.now() + 31_000);
  expect(await send(READ)).toBe(2);
  world.running = 3;
  end();
  expect(await send(READ)).toBe(3);
});

it('makes calls slow', async () => {
  const { send, troubles, waited } = await ecs();
  const end = troubles.slow(() => 4);
  await send(READ);
  end();
  await send(READ);
  expect(waited[0]).toBeGreaterThan(4_000);
  expect(waited[1]).toBeLessThan(1_000);
});
