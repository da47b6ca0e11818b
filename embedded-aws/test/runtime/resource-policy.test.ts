import { expect, test } from 'vitest';
import { arnLike, mayInvoke, policyAllows } from '../../runtime/resource-policy.ts';

const FUNCTION = 'arn:aws:lambda:eu-west-1:111122223333:function:on-alarm';
const ALARM = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:checkout';
const PRINCIPAL = 'lambda.alarms.cloudwatch.amazonaws.com';

test.each([
  ['the source matches', { sourceArn: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:*' }, true],
  ['the source is another', { sourceArn: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:other' }, false],
  ['the account is ours', { sourceAccount: '111122223333' }, true],
  ['the account is another', { sourceAccount: '999999999999' }, false],
  ['the principal is another', { principal: 'sns.amazonaws.com' }, false],
  ['the function is another', { function: `${FUNCTION}-2` }, false],
])('a function may be invoked or not when %s', (_, changes, expected) => {
  const permission = { function: FUNCTION, principal: PRINCIPAL, ...changes };
  expect(mayInvoke([permission], { principal: PRINCIPAL, resource: FUNCTION, sourceArn: ALARM })).toBe(
    expected,
  );
});

test.each([
  ['arn:aws:events:eu-west-1:1:rule/*', 'arn:aws:events:eu-west-1:1:rule/a/b', true],
  ['arn:aws:events:*:1:rule/a', 'arn:aws:events:eu-west-1:1:rule/a', true],
  ['arn:aws:events:*:rule/a', 'arn:aws:events:eu-west-1:1:rule/a', false],
  ['arn:aws:events:eu-west-1:1:rule/?', 'arn:aws:events:eu-west-1:1:rule/ab', false],
])('%s against %s: %s', (pattern, arn, expected) => {
  expect(arnLike(pattern, arn)).toBe(expected);
});

test('a deny is stronger than an allow', () => {
  const call = {
    principal: 'events.amazonaws.com',
    action: 'sqs:SendMessage',
    resource: 'q',
    sourceArn: 'r',
  };
  const statement = { Action: 'sqs:*', Resource: '*', Principal: { Service: ['events.amazonaws.com'] } };
  expect(policyAllows([{ Statement: { Effect: 'Allow', ...statement } }], call)).toBe(true);
  expect(
    policyAllows(
      [
        {
          Statement: [
            { Effect: 'Allow', ...statement },
            { Effect: 'Deny', ...statement },
          ],
        },
      ],
      call,
    ),
  ).toBe(false);
});

test('a condition that is not known is refused, not ignored', () => {
  const call = {
    principal: 'events.amazonaws.com',
    action: 'sqs:SendMessage',
    resource: 'q',
    sourceArn: 'r',
  };
  const statement = {
    Effect: 'Allow' as const,
    Action: '*',
    Principal: '*',
    Condition: { Bool: { 'aws:SecureTransport': 'true' } },
  };
  expect(() => policyAllows([{ Statement: statement }], call)).toThrow('not modelled');
});
