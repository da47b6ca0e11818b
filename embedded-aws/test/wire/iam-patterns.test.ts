import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arnLike, glob, resourceLike } from '../../wire/iam/patterns.ts';
import { allow, ask, CHECKOUT, policy, UPDATE } from './iam-asked.ts';

const LISTENER = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/web/1/2';

describe('a wildcard', () => {
  it.each([
    ['*', '', true],
    ['a*c', 'ac', true],
    ['a*c', 'abbc', true],
    ['a*c', 'abcd', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['a.c', 'abc', false],
    ['[ab]+', 'a', false],
    ['a*', 'a\nb', true],
  ])('in %j matches %j: %j', (pattern, text, matches) => {
    expect(glob(pattern)(text)).toBe(matches);
  });

  it('matches for any part of the text that it replaces', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (before, middle, after) => {
        fc.pre(!/[*?]/.test(before + after));
        expect(glob(`${before}*${after}`)(before + middle + after)).toBe(true);
      }),
    );
  });
});

describe('the resource of a policy', () => {
  it.each([
    ['*', true],
    [CHECKOUT, true],
    [CHECKOUT.toUpperCase().replace('ARN:AWS:ECS', 'arn:aws:ecs'), false],
    ['arn:aws:ecs:eu-west-1:111122223333:service/prod/*', true],
    ['arn:aws:ecs:eu-west-1:111122223333:service/*', true],
    ['arn:aws:ecs:eu-west-1:111122223333:service/dev/*', false],
    ['arn:aws:ecs:eu-west-1:111122223333:service/prod/check???', true],
    ['arn:aws:ecs:eu-west-1:111122223333:service/prod/check??', false],
    ['arn:aws:ecs:eu-west-1:111122223333:*', true],
    ['arn:aws:ecs:eu-west-1:444455556666:*', false],
    ['arn:aws:ecs:eu-west-?:*:service/prod/checkout', true],
    ['arn:aws:ecs:eu-*-1:111122223333:service/prod/checkout', true],
    ['arn:aws:ecs:*', true],
  ])('%s covers the checkout service: %j', async (Resource, covers) => {
    expect(await ask(UPDATE, policy(allow({ Resource })))).toBe(covers ? 'allowed' : 'denied');
    expect(await ask(UPDATE, policy(allow({ Resource: undefined, NotResource: Resource })))).toBe(
      covers ? 'denied' : 'allowed',
    );
  });

  it.each([
    // Colons in a name are ordinary letters.
    ['arn:aws:cloudwatch:eu-west-1:111122223333:alarm:check*xx', true],
    ['arn:aws:cloudwatch:eu-west-1:111122223333:alarm:checkout', false],
    // Only a star at the end of a segment extends beyond its colon.
    ['arn:aws:cloudwatch:eu-*:alarm:checkout:5xx', true],
    ['arn:aws:cloudwatch:eu-*3:alarm:checkout:5xx', false],
  ])('%s covers the alarm checkout:5xx: %j', async (Resource, covers) => {
    const resource = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:checkout:5xx';
    const answer = await ask({ action: 'cloudwatch:SetAlarmState', resource }, policy(allow({ Resource })));
    expect(answer).toBe(covers ? 'allowed' : 'denied');
  });

  it.each([
    'checkout',
    'arn:aws:ecs',
    'arn:aws:ecs:eu-west-1:111122223333',
    'arn:aws:*:eu-west-1:111122223333:service/prod/checkout',
    'arn:aws:ecs:eu*3:service/prod/checkout',
    'arn:*',
  ])('cannot be %s', (pattern) => {
    expect(() => resourceLike(pattern)).toThrow(pattern);
  });

  it.each(['service*', 'serv?ce/*', '*/prod/checkout'])('cannot name a type by %s', async (type) => {
    const Resource = `arn:aws:ecs:eu-west-1:111122223333:${type}`;
    await expect(ask(UPDATE, policy(allow({ Resource })))).rejects.toThrow(
      'has a wildcard for its type, service/',
    );
  });

  it.each([
    ['sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:dead-letters', 'dead*'],
    ['elasticloadbalancing:ModifyListener', LISTENER, 'listener/*'],
    [
      'states:DescribeExecution',
      'arn:aws:states:eu-west-1:111122223333:execution:rollback:1',
      'execution:*:1',
    ],
  ])('can name %s of %s by %s', async (action, resource, name) => {
    const Resource = [...resource.split(':').slice(0, 5), name].join(':');
    expect(await ask({ action, resource }, policy(allow({ Resource })))).toBe('allowed');
  });
});

describe('an ARN in a condition', () => {
  const value = 'arn:aws:ecs:eu-west-1:999999999999:store/a:111122223333:cluster/b';

  it('is compared component by component, where text is not', () => {
    const pattern = 'arn:aws:ecs:*:111122223333:cluster/*';
    expect([glob(pattern)(value), arnLike(pattern)(value)]).toEqual([true, false]);
    expect(arnLike('arn:aws:ecs:*:*:store/?:*')(value)).toBe(true);
  });

  it('needs six components', () => {
    expect(arnLike('arn:*:*:*:*:*')('arn:aws:ecs')).toBe(false);
    expect(() => arnLike('arn:aws:ecs:*')).toThrow('six components');
  });
});
