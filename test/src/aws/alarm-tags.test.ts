import type { ListTagsForResourceCommand } from '@aws-sdk/client-cloudwatch';
import { expect, test } from 'vitest';
import { createTagReader } from '../../../src/aws/alarm-tags.ts';

const failing = (name: string) =>
  ({ send: () => Promise.reject(Object.assign(new Error(name), { name })) }) as never;

test('the tags of an alarm are an object', async () => {
  const send = ({ input }: ListTagsForResourceCommand) =>
    Promise.resolve({
      Tags: [
        { Key: 'lastgood:target', Value: 'ecs:prod/checkout' },
        { Key: 'of', Value: input.ResourceARN },
      ],
    });
  const tags = await createTagReader({ send } as never)('arn:alarm');
  expect(tags).toEqual({ 'lastgood:target': 'ecs:prod/checkout', of: 'arn:alarm' });
});

test('a deleted alarm has none', async () => {
  expect(await createTagReader(failing('ResourceNotFoundException'))('arn:alarm')).toEqual({});
});

test('any other error is thrown', async () => {
  await expect(createTagReader(failing('AccessDenied'))('arn:alarm')).rejects.toThrow('AccessDenied');
});
