import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Iam } from '../../wire/iam.ts';
import { ACCOUNT } from '../../world/aws.ts';
import { allow, ask, CHECKOUT, deny, policy, UPDATE } from './iam-asked.ts';

describe('a role', () => {
  it.each([
    [[], 'denied'],
    [[policy()], 'denied'],
    [[policy(allow())], 'allowed'],
    [[policy(deny())], 'explicitly denied'],
    [[policy(allow(), deny())], 'explicitly denied'],
    [[policy(deny()), policy(allow())], 'explicitly denied'],
    [[policy(allow(), deny({ Action: 'ecs:DeleteService' }))], 'allowed'],
    [[{ Statement: allow() }], 'allowed'],
  ])('with %j is %s', async (policies, decision) => {
    expect(await ask(UPDATE, ...policies)).toBe(decision);
  });

  it('that is the operator may do everything', async () => {
    await expect(new Iam(() => []).authorize('operator', [UPDATE])).resolves.toBeUndefined();
  });

  it.each<[string, string, object, boolean]>([
    ['pipeline', 'everybody', { Principal: '*' }, false],
    ['pipeline', 'the account', { Principal: { AWS: ACCOUNT } }, false],
    ['pipeline', 'another account', { Principal: { AWS: 'arn:aws:iam::444455556666:root' } }, true],
    ['operator', 'everybody', { Principal: '*' }, false],
    ['report', 'everybody but itself', { Principal: '*' }, true],
  ])('%s is denied by the policy of a resource that denies %s', async (role, _, principal, allowed) => {
    const Condition = { ArnNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/report` } };
    const denies = deny({ ...principal, Resource: CHECKOUT, Condition });
    const iam = new Iam(
      () => [policy(allow())],
      (resource) => (resource === CHECKOUT ? [denies] : []),
    );
    const asked = iam.authorize(role, [UPDATE]).then(
      () => 'allowed',
      (error: unknown) => String(error),
    );
    expect(await asked).toMatch(allowed ? /^allowed$/ : /with an explicit deny in a resource-based policy$/);
  });
});

it('a question keeps the tags that the resource had', async () => {
  const iam = new Iam(() => [policy(allow())]);
  const tags: Record<string, string> = { lastgood: 'auto' };
  await iam.authorize('report', [{ ...UPDATE, tags }]);
  tags['lastgood'] = 'observe';
  expect(iam.decided()[0]?.context).toMatchObject({ 'aws:resourcetag/lastgood': ['auto'] });
});

describe('an action', () => {
  it.each([
    [{ Action: '*' }, true],
    [{ Action: 'ecs:*' }, true],
    [{ Action: 'ECS:updateSERVICE' }, true],
    [{ Action: 'ecs:Update?ervice' }, true],
    [{ Action: 'ecs:Update' }, false],
    [{ Action: ['ecs:DeleteService', 'ecs:Up*'] }, true],
    [{ NotAction: 'ecs:UpdateService' }, false],
    [{ NotAction: ['ecs:DeleteService', 'iam:*'] }, true],
  ])('is named by %j: %j', async (named, allowed) => {
    const statement = allow({ Action: undefined, ...named });
    expect(await ask(UPDATE, policy(statement))).toBe(allowed ? 'allowed' : 'denied');
  });
});

describe('a policy is refused that has', () => {
  it.each([
    ['a principal', policy(allow({ Principal: '*' })), 'a statement of an identity policy has no Principal'],
    ['an id', { ...policy(allow()), Id: 'x' }, 'an identity policy has no Id'],
    [
      'another version',
      { ...policy(allow()), Version: '2020-01-01' },
      'there is no policy version 2020-01-01',
    ],
    ['another effect', policy(allow({ Effect: 'allow' })), 'Effect is neither Allow nor Deny: "allow"'],
    ['no action', policy(allow({ Action: undefined })), 'a statement has either Action or NotAction'],
    [
      'both kinds of resource',
      policy(allow({ NotResource: '*' })),
      'a statement has either Resource or NotResource',
    ],
    ['no resource in its list', policy(allow({ Resource: [] })), 'Resource is empty'],
    ['an action of every service', policy(allow({ Action: '*:Describe' })), 'the action *:Describe is not'],
    [
      'a policy variable',
      policy(allow({ Resource: 'arn:aws:ecs:*:*:service/${aws:username}/*' })),
      'a policy variable',
    ],
    ['a list for a statement', policy([[]]), 'Statement is not an object'],
  ])('%s', async (_, document, message) => {
    await expect(ask(UPDATE, document)).rejects.toThrow(message);
  });
});

describe('a model is at fault that checks', () => {
  const rollback = 'arn:aws:states:eu-west-1:111122223333:stateMachine:rollback';
  it.each([
    ['a service that does not exist', 'esc:UpdateService', CHECKOUT],
    ['an action that does not exist', 'ecs:UpdateServices', CHECKOUT],
    ['a resource of another type', 'ecs:UpdateService', 'arn:aws:ecs:eu-west-1:111122223333:cluster/prod'],
    ['a type in capital letters', 'ecs:UpdateService', CHECKOUT.replace('service', 'SERVICE')],
    [
      'a name that goes on',
      'states:DescribeExecution',
      `${rollback.replace('stateMachine', 'execution')}/x:1`,
    ],
    ['a resource of another service', 'ecs:UpdateService', rollback],
    ['a name that is no ARN', 'ecs:UpdateService', 'checkout'],
    ['a resource where there is only *', 'states:SendTaskSuccess', rollback],
  ])('%s', async (_, action, resource) => {
    const asked = `the model of ${action} asks about ${resource}, invalid.`;
    await expect(ask({ action, resource }, policy(allow()))).rejects.toThrow(asked);
  });

  it.each([
    ['ecr:DescribeImages', 'arn:aws:ecr:eu-west-1:111122223333:repository/team/app'],
    ['cloudwatch:DescribeAlarms', 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:*'],
    ['dynamodb:Query', 'arn:aws:dynamodb:eu-west-1:111122223333:table/claims/index/newest'],
    ['ecs:UpdateService', '*'],
    ['states:SendTaskSuccess', '*'],
  ])('%s of %s is none', async (action, resource) => {
    expect(await ask({ action, resource }, policy(allow()))).toBe('allowed');
  });
});

const condition = fc.constantFrom(
  {},
  { StringEquals: { 'aws:ResourceTag/lastgood': ['auto', 'approve'] } },
  { StringNotLike: { 'aws:ResourceTag/lastgood': 'a*' } },
  { Null: { 'ecs:enable-execute-command': 'true' } },
);

const statement = fc.record({
  Effect: fc.constantFrom('Allow', 'Deny'),
  Action: fc.subarray(['ecs:UpdateService', 'ecs:Describe*', '*', 'dynamodb:*'], { minLength: 1 }),
  Resource: fc.subarray([CHECKOUT, '*', 'arn:aws:ecs:eu-west-1:444455556666:*'], { minLength: 1 }),
  Condition: condition,
});

const policies = fc.array(
  fc.array(statement, { maxLength: 4 }).map((statements) => policy(...statements)),
  {
    maxLength: 3,
  },
);

const access = fc.record({
  action: fc.constantFrom('ecs:UpdateService', 'ecs:DescribeServices'),
  resource: fc.constant(CHECKOUT),
  tags: fc.constantFrom({}, { lastgood: 'auto' }, { lastgood: 'observe' }),
});

describe('for any policies,', () => {
  it('a deny that concerns the access wins', async () => {
    await fc.assert(
      fc.asyncProperty(access, policies, fc.nat(), async (asked, before, place) => {
        const all = before.toSpliced(place % (before.length + 1), 0, policy(deny({ Resource: CHECKOUT })));
        expect(await ask(asked, ...all)).toBe('explicitly denied');
      }),
    );
  });

  it('a statement that allows takes nothing away', async () => {
    await fc.assert(
      fc.asyncProperty(access, policies, statement, async (asked, before, added) => {
        fc.pre((await ask(asked, ...before)) === 'allowed');
        expect(await ask(asked, ...before, policy({ ...added, Effect: 'Allow' }))).toBe('allowed');
      }),
    );
  });

  it('nothing is allowed without a statement that allows', async () => {
    await fc.assert(
      fc.asyncProperty(access, policies, async (asked, before) => {
        const denials = before.map(({ Statement }) =>
          policy(...[Statement].flat().map((one) => ({ ...(one as object), Effect: 'Deny' }))),
        );
        expect(await ask(asked, ...denials)).not.toBe('allowed');
      }),
    );
  });

  it('their order does not matter', async () => {
    await fc.assert(
      fc.asyncProperty(access, policies, async (asked, before) => {
        expect(await ask(asked, ...before.toReversed())).toBe(await ask(asked, ...before));
      }),
    );
  });
});
