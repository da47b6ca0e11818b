import { expect, test } from 'vitest';
import { createBalancerTagReader } from '../../../src/aws/balancer-tags.ts';

test('tags are in the order of the ARNs, and a deleted resource has none', async () => {
  const asked: unknown[] = [];
  const send = (command: { input: unknown }) => {
    asked.push(command.input);
    const Tags = [{ Key: 'lastgood:target', Value: 'ecs:prod/checkout' }];
    return Promise.resolve({ ResourceTagMappingList: [{ ResourceARN: 'arn:group', Tags }] });
  };
  const read = createBalancerTagReader({ send } as never);
  expect(await read(['arn:gone', 'arn:group'])).toEqual([{}, { 'lastgood:target': 'ecs:prod/checkout' }]);
  expect(asked).toEqual([{ ResourceARNList: ['arn:gone', 'arn:group'] }]);
});
