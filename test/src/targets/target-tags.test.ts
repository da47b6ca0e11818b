import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { expect, test } from 'vitest';
import { createTagReaders, readTargetTags } from '../../../src/targets/alarms/target-tags.ts';

const ALARM = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:checkout-5xx';
const GROUP = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/checkout/0123456789abcdef';

test('one list has the tags of all alarms and balancers, page by page', async () => {
  const asked: object[] = [];
  const tagged = (ResourceARN: string, Value: string) => ({
    ResourceARN,
    Tags: [{ Key: 'lastgood:target', Value }],
  });
  const pages = [
    { ResourceTagMappingList: [tagged(ALARM, 'ecs:prod/checkout')], PaginationToken: 'more' },
    { ResourceTagMappingList: [tagged(GROUP, 'ecs:prod/basket')] },
  ];
  const send = ({ input }: { readonly input: object }) => Promise.resolve(pages[asked.push(input) - 1]);
  const tags = await readTargetTags(Object.assign(new ResourceGroupsTaggingAPIClient(), { send }));
  const readers = createTagReaders(() => Promise.resolve(tags));
  expect(await readers.tagsOf(ALARM)).toEqual({ 'lastgood:target': 'ecs:prod/checkout' });
  expect(await readers.tagsOf(`${ALARM}-other`)).toEqual({});
  expect(await readers.balancerTags(['gone', GROUP])).toEqual([{}, { 'lastgood:target': 'ecs:prod/basket' }]);
  expect(asked).toMatchObject([
    { TagFilters: [{ Key: 'lastgood:target' }], ResourcesPerPage: 100 },
    { PaginationToken: 'more' },
  ]);
});
