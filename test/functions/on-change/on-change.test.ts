import { describe, expect, test } from 'vitest';
import { onChange } from '../../../functions/on-change/on-change.ts';
import type { KeptChange } from '../../../src/ledger/changes.ts';
import type { StackStatus } from '../../../src/ledger/stacks.ts';
import { InvalidRequest } from '../../../src/rollback/errors.ts';

function setUp() {
  const kept: (readonly [string, KeptChange])[] = [];
  const keep = (id: string, change: KeptChange) => Promise.resolve(void kept.push([id, change]));
  const stacks: (readonly [string, StackStatus])[] = [];
  const keepStack = (stack: string, { status, at }: StackStatus) =>
    Promise.resolve(void stacks.push([stack, { status, at }]));
  return { kept, stacks, handle: onChange({ keep }, { keep: keepStack }) };
}

const event = (source: string, detailType: string, detail: unknown, more: object = {}) => ({
  version: '0',
  id: 'event-1',
  'detail-type': detailType,
  source,
  account: '111122223333',
  time: '2026-11-22T03:00:00Z',
  region: 'eu-west-1',
  resources: [],
  detail,
  ...more,
});

const PARTS = {
  Application: { Id: 'ba8toh7', Name: 'shop' },
  Environment: { Id: 'pgil2o7', Name: 'prod' },
  ConfigurationProfile: { Id: 'ga3tqep', Name: 'flags' },
};

describe('keeps, by the id of its event,', () => {
  test('a changed parameter', async () => {
    const { kept, handle } = setUp();
    const detail = { operation: 'Update', name: '/shop/limit', type: 'String' };
    await handle(event('aws.ssm', 'Parameter Store Change', detail));
    const change = { at: '2026-11-22T03:00:00.000Z', kind: 'parameter', subject: 'parameter:/shop/limit' };
    expect(kept).toEqual([['event-1', { ...change, aliases: [] }]]);
  });

  test('a secret with a new current version', async () => {
    const { kept, handle } = setUp();
    const detail = { name: 'shop/db', labelUpdated: 'AWSCURRENT', versionId: 'a1b2c3d4' };
    await handle(event('aws.secretsmanager', 'Secret Label Updated', detail));
    expect(kept).toMatchObject([['event-1', { kind: 'secret', subject: 'secret:shop/db' }]]);
  });

  test.each(['Start', 'Complete', 'Rollback', 'Rolled Back'])(
    'a deployment of AppConfig by its names and by its ids: %s',
    async (what) => {
      const { kept, handle } = setUp();
      const detail = { InvocationId: '5tfjcig', DeploymentNumber: 1, ...PARTS };
      await handle(event('aws.appconfig', `On Deployment ${what}`, detail));
      expect(kept).toMatchObject([
        [
          'event-1',
          {
            kind: 'flag',
            subject: 'appconfig:shop/prod/flags',
            aliases: ['appconfig:ba8toh7/pgil2o7/ga3tqep'],
          },
        ],
      ]);
    },
  );
});

test.each([
  [event('aws.ssm', 'Parameter Store Policy Action', {})],
  [event('aws.appconfig', 'On Deployment Step', PARTS)],
  [{ Records: [] }],
  [null],
])('keeps no other event: %j', async (other) => {
  const { kept, handle } = setUp();
  expect(await handle(other)).toMatchObject({ kind: 'ignored' });
  expect(kept).toEqual([]);
});

test.each([
  ['detail.name', event('aws.ssm', 'Parameter Store Change', { operation: 'Update' })],
  ['detail.name', event('aws.secretsmanager', 'Secret Label Updated', { name: '' })],
  ['detail', event('aws.ssm', 'Parameter Store Change', 'x')],
  ['time', event('aws.ssm', 'Parameter Store Change', { name: 'x' }, { time: 'now' })],
  ['detail.Environment', event('aws.appconfig', 'On Deployment Start', { ...PARTS, Environment: 'prod' })],
  ['detail.Id', event('aws.appconfig', 'On Deployment Start', { ...PARTS, Application: { Name: 'shop' } })],
])('names %s of an event that cannot be read', async (field, unreadable) => {
  const { kept, handle } = setUp();
  const refused = await handle(unreadable).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(InvalidRequest);
  expect(refused).toHaveProperty('field', field);
  expect(kept).toEqual([]);
});

describe('the status of a stack', () => {
  const type = 'CloudFormation Stack Status Change';
  const detail = {
    'stack-id': 'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/0d1e2f3a',
    'status-details': { status: 'UPDATE_IN_PROGRESS', 'status-reason': '' },
  };

  test('is kept by the name of the stack', async () => {
    const { kept, stacks, handle } = setUp();
    await handle(event('aws.cloudformation', type, detail));
    expect(stacks).toEqual([['shop', { status: 'UPDATE_IN_PROGRESS', at: '2026-11-22T03:00:00.000Z' }]]);
    expect(kept).toEqual([]);
  });

  test.each([
    ['detail.stack-id', { ...detail, 'stack-id': 'shop' }],
    ['detail.status-details', { ...detail, 'status-details': null }],
    ['detail.status', { ...detail, 'status-details': {} }],
  ])('is refused without %s', async (field, wrong) => {
    const { stacks, handle } = setUp();
    const call = handle(event('aws.cloudformation', type, wrong));
    await expect(call).rejects.toThrow(new RegExp(`^${field}`));
    await expect(call).rejects.toBeInstanceOf(InvalidRequest);
    expect(stacks).toEqual([]);
  });
});
