import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { end } from '../../../scripts/command-line/end.ts';
import { CannotSay, EndedBadly, Forbidden, WrongUse } from '../../../scripts/command-line/status.ts';

afterEach(() => {
  process.exitCode = undefined;
  vi.restoreAllMocks();
});

async function ended(error: Error) {
  const said: string[] = [];
  vi.spyOn(console, 'error').mockImplementation((line: string) => void said.push(line));
  await end('deploy', () => Promise.reject(error));
  return { status: process.exitCode, said };
}

const aws = (name: string) =>
  new DynamoDBServiceException({ name, message: 'no\n  way', $fault: 'client', $metadata: {} });

describe('the end of a command', () => {
  it.each<readonly [Error, number, string]>([
    [new WrongUse('a\nb'), 2, 'deploy: a b'],
    [new Forbidden('a'), 3, 'deploy: a'],
    [new EndedBadly('a'), 1, 'deploy: a'],
    [new CannotSay('a'), 4, 'deploy: a'],
    [aws('AccessDeniedException'), 3, 'deploy: AWS answered AccessDeniedException: no way'],
    [aws('LimitExceededException'), 4, 'deploy: AWS answered LimitExceededException: no way'],
  ])('after %s is the status %i, with one line', async (error, status, line) => {
    expect(await ended(error)).toEqual({ status, said: [line] });
  });

  it('shows the stack trace of a fault of the program', async () => {
    await expect(ended(new TypeError('a is not a function'))).rejects.toThrow(TypeError);
  });
});
