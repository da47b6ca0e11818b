import type { SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import { createReply } from '../../../src/approvals/reply.ts';
import { awsError } from '../../functions/guard/cloudwatch.ts';

const replying = (answer: object) => {
  const sent: unknown[] = [];
  const send = (command: SendTaskSuccessCommand) => {
    sent.push(command.input);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { reply: createReply({ send }), sent };
};

test('answers as JSON', async () => {
  const { reply, sent } = replying({});
  expect(await reply('token-1', { answer: 'denied' })).toBe('answered');
  expect(sent).toEqual([{ taskToken: 'token-1', output: '{"answer":"denied"}' }]);
});

test.each(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])('is too late after %s', async (name) => {
  expect(await replying(awsError(name)).reply('token-1', {})).toBe('too-late');
});

test('throws an error for which a retry may succeed', async () => {
  await expect(replying(awsError('ThrottlingException')).reply('token-1', {})).rejects.toThrow();
});
