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
