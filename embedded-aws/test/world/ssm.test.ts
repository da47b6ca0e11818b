import { expect, test } from 'vitest';
import { createSsm } from '../../world/ssm.ts';
import { refusal, surround } from './elb-shop.ts';

test('every change of a parameter is an event, as Systems Manager sends it', () => {
  const world = surround();
  const { PutParameter } = createSsm(world).operations;
  PutParameter.run({ Name: '/shop/flag', Value: 'on', Type: 'SecureString', Description: 'Checkout' });
  PutParameter.run({ Name: '/shop/flag', Value: 'on', Type: 'SecureString', Overwrite: true });
  expect(refusal(() => PutParameter.run({ Name: '/shop/flag', Value: 'off' }))).toBe(
    'ParameterAlreadyExists',
  );
  const common = {
    source: 'aws.ssm',
    'detail-type': 'Parameter Store Change',
    resources: ['arn:aws:ssm:eu-west-1:111122223333:parameter/shop/flag'],
  };
  const detail = { name: '/shop/flag', type: 'SecureString' };
  expect(world.events).toEqual([
    { ...common, detail: { operation: 'Create', ...detail, description: 'Checkout' } },
    { ...common, detail: { operation: 'Update', ...detail } },
  ]);
});

const AGREES = [{ Key: 'lastgood', Value: 'auto' }];

test('tags come with a new parameter, and the tagging service lists them by its ARN', () => {
  const ssm = createSsm(surround());
  const { PutParameter, AddTagsToResource, RemoveTagsFromResource, ListTagsForResource } = ssm.operations;
  PutParameter.run({ Name: '/shop/flag', Value: 'on', Tags: AGREES });
  AddTagsToResource.run(
    { ResourceType: 'Parameter', ResourceId: '/shop/flag', Tags: [{ Key: 'team', Value: 'shop' }] } as never,
    { role: 'operator' },
  );
  expect(ssm.tagged()).toEqual([
    {
      arn: 'arn:aws:ssm:eu-west-1:111122223333:parameter/shop/flag',
      tags: { lastgood: 'auto', team: 'shop' },
    },
  ]);
  RemoveTagsFromResource.run(
    { ResourceType: 'Parameter', ResourceId: '/shop/flag', TagKeys: ['lastgood'] } as never,
    { role: 'operator' },
  );
  expect(
    ListTagsForResource.run({ ResourceType: 'Parameter', ResourceId: '/shop/flag' } as never, {
      role: 'operator',
    }),
  ).toEqual({ TagList: [{ Key: 'team', Value: 'shop' }] });
});

test('tags are refused with overwrite, of an unknown parameter, and beyond fifty', () => {
  const { PutParameter, AddTagsToResource } = createSsm(surround()).operations;
  const add = (ResourceId: string, Tags: typeof AGREES) =>
    refusal(() =>
      AddTagsToResource.run({ ResourceType: 'Parameter', ResourceId, Tags } as never, { role: 'operator' }),
    );
  PutParameter.run({ Name: 'flag', Value: 'on' });
  expect(refusal(() => PutParameter.run({ Name: 'flag', Value: 'off', Overwrite: true, Tags: AGREES }))).toBe(
    'ValidationException',
  );
  expect(add('other', AGREES)).toBe('InvalidResourceId');
  const many = Array.from({ length: 51 }, (_, place) => ({ Key: `key-${place}`, Value: 'x' }));
  expect(add('flag', many)).toBe('TooManyTagsError');
});

test('a deleted parameter has no value and no tags', () => {
  const ssm = createSsm(surround());
  const { PutParameter, DeleteParameter } = ssm.operations;
  const remove = () => DeleteParameter.run({ Name: 'flag' } as never, { role: 'operator' });
  PutParameter.run({ Name: 'flag', Value: 'on', Tags: AGREES });
  remove();
  expect([ssm.value('flag'), ssm.tagged()]).toEqual([null, []]);
  expect(refusal(remove)).toBe('ParameterNotFound');
});

test('tags of a new parameter need a permission of their own', () => {
  const { PutParameter } = createSsm(surround()).operations;
  const actions = (input: object) =>
    PutParameter.authorize({ Name: 'flag', Value: 'on', ...input }).map(({ action }) => action);
  expect(actions({})).toEqual(['ssm:PutParameter']);
  expect(actions({ Tags: AGREES })).toEqual(['ssm:PutParameter', 'ssm:AddTagsToResource']);
});
