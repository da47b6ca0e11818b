import { expect, test } from 'vitest';
import { createTagsReader } from '../../../src/aws/resource-tags.ts';

test('tags are in the order of the ARNs, and a deleted resource has none', async () => {
  const asked: unknown[] = [];
  const send = (command: { input: unknown }) => {
    asked.push(command.input);
    const Tags = [{ Key: 'lastgood:target', Value: 'ecs:prod/checkout' }];
    return Promise.resolve({ ResourceTagMappingList: [{ ResourceARN: 'arn:group', Tags }] });
  };
  const read = createTagsReader({ send } as never);
  expect(await read(['arn:gone', 'arn:group'])).toEqual([{}, { 'lastgood:target': 'ecs:prod/checkout' }]);
  expect(asked).toEqual([{ ResourceARNList: ['arn:gone', 'arn:group'] }]);
});

test('a hundred are read in one call, each once, and none are in no call', async () => {
  const asked: (readonly string[])[] = [];
  const send = ({ input }: { input: { ResourceARNList: string[] } }) => {
    asked.push(input.ResourceARNList);
    return Promise.resolve({});
  };
  const read = createTagsReader({ send } as never);
  const arns = Array.from({ length: 101 }, (_, i) => `arn:${i}`);
  expect(await read([...arns, 'arn:0'])).toHaveLength(102);
  expect(await read([])).toEqual([]);
  expect(asked.map((some) => some.length)).toEqual([100, 1]);
});
