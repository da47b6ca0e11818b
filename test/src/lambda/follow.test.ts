import { expect, it, vi } from 'vitest';
import { createFollow, type Beginning } from '../../../src/lambda/follow.ts';
import { logger } from '../../../src/lambda/logger.ts';

interface Started {
  readonly stateMachineArn: string;
  readonly name: string;
  readonly input: string;
}

function setUp(error?: Error) {
  const started: Started[] = [];
  const send = ({ input }: { readonly input: Started }) => {
    started.push(input);
    return error === undefined ? Promise.resolve({}) : Promise.reject(error);
  };
  return { started, follow: createFollow({ send } as never, 'machine') };
}

const BEGINNING: Beginning = {
  target: 'ecs:prod/checkout',
  deployment: 'ecs-svc/2',
  at: '2026-11-22T03:00:00.000Z',
};

it('starts the machine with the document of a lookout', async () => {
  const { started, follow } = setUp();
  await follow(BEGINNING);
  expect(started[0]?.stateMachineArn).toBe('machine');
  expect(JSON.parse(started[0]?.input ?? '')).toEqual({
    ...{ kind: 'ecs', target: 'ecs:prod/checkout', deployment: 'ecs-svc/2' },
    startedAt: BEGINNING.at,
  });
});

it('gives a deployment one name, whenever and however often it is seen, and each its own', async () => {
  const { started, follow } = setUp();
  await follow(BEGINNING);
  await follow({ ...BEGINNING, at: '2026-11-22T03:05:00.000Z' });
  await follow({ ...BEGINNING, deployment: 'ecs-svc/3' });
  await follow({ ...BEGINNING, target: 'ecs:prod/cart' });
  await follow({ ...BEGINNING, target: `route53:Z1/${'x'.repeat(200)}.example.com/A` });
  const names = started.map(({ name }) => name);
  expect(names[1]).toBe(names[0]);
  expect(new Set(names).size).toBe(4);
  // https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
  for (const name of names) expect(name).toMatch(/^[A-Za-z0-9_-]{1,80}$/);
});

it.each([
  ['ExecutionAlreadyExists', 0],
  ['ThrottlingException', 1],
])('never throws: %s', async (name, warnings) => {
  const warn = vi.spyOn(logger, 'warn').mockReturnValue();
  const { follow } = setUp(Object.assign(new Error('no'), { name }));
  await expect(follow(BEGINNING)).resolves.toBeUndefined();
  expect(warn).toHaveBeenCalledTimes(warnings);
  warn.mockRestore();
});
