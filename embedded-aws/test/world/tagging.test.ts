import type { GetResourcesOutput } from '@aws-sdk/client-resource-groups-tagging-api';
import { expect, it } from 'vitest';
import { createTagging } from '../../world/tagging/tagging.ts';

const functionArn = (name: string) => `arn:aws:lambda:eu-west-1:111122223333:function:${name}`;
const group = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/blue/0123456789abcdef';

const tagging = createTagging(() => [
  {
    tagged: () => [
      { arn: functionArn('checkout'), tags: { lastgood: 'auto', team: 'shop' } },
      { arn: functionArn('cart'), tags: { lastgood: 'none' } },
      { arn: functionArn('search'), tags: {} },
    ],
  },
  { tagged: () => [{ arn: group, tags: { lastgood: 'auto' } }] },
]);

function find(input: object): GetResourcesOutput {
  return tagging.operations['GetResources']!.run(input as never, { role: 'operator' }) as GetResourcesOutput;
}

const arnsOf = ({ ResourceTagMappingList = [] }: GetResourcesOutput) =>
  ResourceTagMappingList.map(({ ResourceARN }) => ResourceARN);

it.each([
  ['by type and tag', ['lambda:function'], ['auto', 'approve'], [functionArn('checkout')]],
  ['by service', ['elasticloadbalancing'], [], [group]],
  ['by the tag alone', [], [], [functionArn('checkout'), functionArn('cart'), group]],
])('finds %s', (_, ResourceTypeFilters, Values, found) => {
  expect(arnsOf(find({ ResourceTypeFilters, TagFilters: [{ Key: 'lastgood', Values }] }))).toEqual(found);
});

it('answers page by page, and the last page has no token', () => {
  const first = find({ ResourcesPerPage: 3 });
  const last = find({ ResourcesPerPage: 3, PaginationToken: first.PaginationToken });
  expect([...arnsOf(first), ...arnsOf(last)]).toHaveLength(4);
  expect(last.PaginationToken).toBe('');
});
