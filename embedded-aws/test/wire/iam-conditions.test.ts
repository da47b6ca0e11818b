import { describe, expect, it } from 'vitest';
import type { Access } from '../../world/service.ts';
import { allow, ask, policy, UPDATE } from './iam-asked.ts';

const CLUSTER = 'arn:aws:ecs:eu-west-1:111122223333:cluster/prod';

/** Calls UpdateService with these tags on the service and these keys in the request. */
function updating(tags: Access['tags'] = {}, conditions: Access['conditions'] = {}): Access {
  return { ...UPDATE, tags, conditions };
}

/** Calls PutMetricAlarm with these actions, or without; `cloudwatch:AlarmActions` is multivalued. */
function alarming(actions?: readonly string[]): Access {
  return {
    action: 'cloudwatch:PutMetricAlarm',
    resource: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:checkout',
    ...(actions !== undefined && { conditions: { 'cloudwatch:AlarmActions': actions } }),
  };
}

async function holds(access: Access, Condition: unknown): Promise<boolean> {
  return (await ask(access, policy(allow({ Condition })))) === 'allowed';
}

describe('a condition on one value', () => {
  const tag = 'aws:ResourceTag/lastgood';
  it.each([
    // operator, value in the policy, and whether it holds for: auto, observe, no tag
    ['StringEquals', 'auto', true, false, false],
    ['StringEquals', ['approve', 'auto'], true, false, false],
    ['StringEquals', 'a*', false, false, false],
    ['StringEquals', 'Auto', false, false, false],
    ['StringEqualsIfExists', 'auto', true, false, true],
    ['StringNotEquals', 'auto', false, true, true],
    ['StringNotEquals', ['approve', 'auto'], false, true, true],
    ['StringNotEqualsIfExists', 'auto', false, true, true],
    ['StringEqualsIgnoreCase', 'AUTO', true, false, false],
    ['StringNotEqualsIgnoreCase', 'AUTO', false, true, true],
    ['StringLike', 'a?t*', true, false, false],
    ['StringLike', 'A*', false, false, false],
    ['StringNotLike', 'a*', false, true, true],
    ['Null', 'true', false, false, true],
    ['Null', false, true, true, false],
  ])('%s %j', async (operator, asked, auto, observe, absent) => {
    const Condition = { [operator]: { [tag]: asked } };
    const services = [
      updating({ lastgood: 'auto' }),
      updating({ lastgood: 'observe' }),
      updating({ other: 'auto' }),
    ];
    expect(await Promise.all(services.map((access) => holds(access, Condition)))).toEqual([
      auto,
      observe,
      absent,
    ]);
  });

  it.each([
    ['NumericEquals', 512, true, false],
    ['NumericEquals', '512.0', true, false],
    ['NumericNotEquals', '512', false, true],
    ['NumericLessThan', '512', false, false],
    ['NumericLessThanEquals', '512', true, false],
    ['NumericGreaterThan', '512', false, true],
    ['NumericGreaterThanEquals', '512', true, true],
  ])('%s %j', async (operator, asked, of512, of1024) => {
    const Condition = { [operator]: { 'ecs:task-cpu': asked } };
    const sizes = ['512', '1024'].map((cpu) => updating({}, { 'ecs:task-cpu': cpu }));
    expect(await Promise.all(sizes.map((access) => holds(access, Condition)))).toEqual([of512, of1024]);
  });

  it.each([
    ['ArnEquals', 'arn:aws:ecs:*:111122223333:cluster/p*', true],
    ['ArnLike', CLUSTER, true],
    ['ArnLike', 'arn:aws:ecs:*:111122223333:cluster/dev', false],
    ['ArnNotEquals', CLUSTER, false],
    ['ArnNotLike', 'arn:aws:ecs:*:111122223333:cluster/dev', true],
  ])('%s %s', async (operator, asked, expected) => {
    expect(
      await holds(updating({}, { 'ecs:cluster': CLUSTER }), { [operator]: { 'ecs:cluster': asked } }),
    ).toBe(expected);
  });

  it('Bool', async () => {
    expect(await holds(UPDATE, { Bool: { 'aws:SecureTransport': true } })).toBe(true);
    expect(await holds(UPDATE, { Bool: { 'aws:SecureTransport': 'false' } })).toBe(false);
  });

  it('takes every key of every operator together', async () => {
    const Condition = {
      StringEquals: { [tag]: 'auto', 'aws:RequestedRegion': 'eu-west-1' },
      ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/mechanism' },
    };
    expect(await holds(updating({ lastgood: 'auto' }), Condition)).toBe(true);
    expect(await holds(updating({ lastgood: 'observe' }), Condition)).toBe(false);
    expect(
      await holds(updating({ lastgood: 'auto' }), { ...Condition, Bool: { 'aws:SecureTransport': 'false' } }),
    ).toBe(false);
  });

  it('finds its key in any case, and the service’s own key for tags', async () => {
    expect(
      await holds(updating({ lastgood: 'auto' }), { StringEquals: { 'AWS:resourcetag/LastGood': 'auto' } }),
    ).toBe(true);
    expect(
      await holds(updating({ lastgood: 'auto' }), { StringEquals: { 'ecs:ResourceTag/lastgood': 'auto' } }),
    ).toBe(true);
  });

  it('finds it in any case where the request has it', async () => {
    const Condition = { ArnEquals: { 'ecs:cluster': CLUSTER } };
    expect(await holds(updating({}, { 'ECS:Cluster': CLUSTER }), Condition)).toBe(true);
  });

  it('takes what is not a number, or not an ARN, for no match', async () => {
    const access = updating({}, { 'ecs:task-cpu': '', 'ecs:cluster': 'prod' });
    expect(await holds(access, { NumericEquals: { 'ecs:task-cpu': 0 } })).toBe(false);
    expect(await holds(access, { NumericNotEquals: { 'ecs:task-cpu': 0 } })).toBe(true);
    expect(await holds(access, { ArnNotLike: { 'ecs:cluster': 'arn:*:*:*:*:*' } })).toBe(true);
  });

  it('does not find a key that the action does not have', async () => {
    const conditions = { 'ecs:service': 'arn:aws:ecs:eu-west-1:111122223333:service/prod/checkout' };
    expect(await holds(updating({}, conditions), { Null: { 'ecs:service': 'false' } })).toBe(false);
    const stopping = {
      action: 'ecs:StopServiceDeployment',
      resource: 'arn:aws:ecs:eu-west-1:111122223333:service-deployment/prod/checkout/x',
      conditions,
    };
    expect(await holds(stopping, { Null: { 'ecs:service': 'false' } })).toBe(true);
  });
});

describe('a condition on many values', () => {
  const [A, B] = ['arn:aws:sns:eu-west-1:111122223333:a', 'arn:aws:sns:eu-west-1:111122223333:b'];
  it.each([
    // operator, and whether it holds with A in the policy, for: A, A and B, B, an empty text, none
    ['ForAllValues:StringEquals', true, false, false, true, true],
    ['ForAllValues:StringNotEquals', false, false, true, true, true],
    ['ForAllValues:ArnLike', true, false, false, true, true],
    ['ForAnyValue:StringEquals', true, true, false, false, false],
    ['ForAnyValue:StringEqualsIfExists', true, true, false, false, false],
    ['ForAnyValue:StringNotEquals', false, true, true, false, false],
    ['Null', false, false, false, true, true],
  ])('%s', async (operator, ...expected) => {
    const Condition = { [operator]: { 'cloudwatch:AlarmActions': operator === 'Null' ? 'true' : A } };
    const calls = [alarming([A]), alarming([A, B]), alarming([B]), alarming(['']), alarming()];
    expect(await Promise.all(calls.map((access) => holds(access, Condition)))).toEqual(expected);
  });

  it('requires a set operator', async () => {
    const Condition = { StringEquals: { 'cloudwatch:AlarmActions': A } };
    await expect(holds(alarming([A]), Condition)).rejects.toThrow('add ForAllValues or ForAnyValue');
  });
});

describe('a condition that is not modelled is refused:', () => {
  it.each([
    [
      { StringEqual: { 'aws:ResourceTag/lastgood': 'auto' } },
      'the condition operator StringEqual is not modelled',
    ],
    [
      { DateGreaterThan: { 'ecs:task-cpu': '2026-01-01' } },
      'the condition operator DateGreaterThan is not modelled',
    ],
    [
      { 'ForAllValues:Null': { 'aws:TagKeys': 'true' } },
      'the condition operator ForAllValues:Null is not modelled',
    ],
    [{ NullIfExists: { 'ecs:cluster': 'true' } }, 'the condition operator NullIfExists is not modelled'],
    [{ StringEquals: { 'aws:SourceIp': '127.0.0.1' } }, 'the condition key aws:SourceIp is not modelled'],
    [
      { StringEquals: { 'aws:ResourceTags/lastgood': 'auto' } },
      'the condition key aws:ResourceTags/lastgood is not modelled',
    ],
    [{ StringEquals: { 'ecs:clusters': CLUSTER } }, 'there is no condition key ecs:clusters'],
    [{ StringEquals: { 'aws:ResourceTag/lastgood': '${aws:PrincipalTag/mode}' } }, 'has a policy variable'],
    [{ StringEquals: { 'aws:ResourceTag/lastgood': [] } }, 'aws:ResourceTag/lastgood is empty'],
    [{ StringEquals: { 'aws:ResourceTag/lastgood': { a: 1 } } }, 'which is not a text'],
    [{ StringEquals: 'auto' }, 'StringEquals is not an object'],
    [{ NumericEquals: { 'ecs:task-cpu': 'many' } }, 'many is not a number'],
    [{ Bool: { 'aws:SecureTransport': 'yes' } }, 'yes is neither true nor false'],
    [{ ArnLike: { 'ecs:cluster': '*' } }, 'six components'],
  ])('%j', async (Condition, message) => {
    await expect(holds(UPDATE, Condition)).rejects.toThrow(message);
  });
});

it('refuses several values of a key that has one', async () => {
  const access = updating({}, { 'ecs:cluster': [CLUSTER, CLUSTER] });
  await expect(holds(access, { ArnLike: { 'ecs:cluster': CLUSTER } })).rejects.toThrow(
    'a key of one value has several',
  );
});
