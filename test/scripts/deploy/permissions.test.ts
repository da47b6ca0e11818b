import { IAMClient } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { check } from '../../../scripts/deploy/permissions.ts';
import { neededBy } from '../../../scripts/deploy/policy.ts';
import published from '../../../scripts/deploy/actions.json' with { type: 'json' };

const place = { stage: 'prod', region: 'eu-west-1' };
const user = { account: '111122223333', arn: 'arn:aws:iam::111122223333:user/ada' };
const session = { account: '111122223333', arn: 'arn:aws:sts::111122223333:assumed-role/Deployer/ada' };

interface Question {
  readonly PolicySourceArn: string;
  readonly ActionNames: readonly string[];
  readonly ResourceArns: readonly string[];
  readonly ContextEntries: readonly object[];
}

/** IAM that allows what a function allows. Returns one result a page, as pages must be followed. */
function iam(allows: (action: string, resource: string) => boolean, role?: string) {
  const asked: Question[] = [];
  const client = new IAMClient({ region: 'us-east-1' });
  client.send = (command: { readonly input: Partial<Question> & { readonly Marker?: string } }) => {
    const { ActionNames, ResourceArns = [], Marker = '0' } = command.input;
    if (ActionNames === undefined)
      return role === undefined ? Promise.reject(new Error('no')) : Promise.resolve({ Role: { Arn: role } });
    if (Marker === '0') asked.push(command.input as Question);
    const results = ActionNames.flatMap((action) =>
      ResourceArns.map((resource) => ({
        EvalActionName: action,
        EvalDecision: allows(action, resource) ? 'allowed' : 'implicitDeny',
      })),
    );
    const half = Math.ceil(results.length / 2);
    return Promise.resolve(
      Marker === '0' && results.length > 1
        ? { EvaluationResults: results.slice(0, half), IsTruncated: true, Marker: '1' }
        : { EvaluationResults: results.slice(Marker === '0' ? 0 : half) },
    );
  };
  return { client, asked };
}

describe('the permissions of a deployer', () => {
  it('are asked for one by one, on resources of the stage, but for KMS', async () => {
    const { client, asked } = iam(() => true);
    expect(await check(client, user, place)).toEqual({ is: 'checked', missing: [] });
    const needed = neededBy(Object.keys(published.actions)).filter(
      (action) => !/^kms:(?!ListAliases)/.test(action),
    );
    expect(asked.flatMap(({ ActionNames }) => ActionNames).toSorted()).toEqual(needed);
    const resources = asked.flatMap(({ ResourceArns }) => ResourceArns);
    expect(resources).toContain('arn:aws:dynamodb:eu-west-1:111122223333:table/lastgood-prod-x');
    expect(resources.filter((resource) => resource !== '*' && resource.includes('*'))).toEqual([]);
    expect(new Set(asked.map(({ PolicySourceArn }) => PolicySourceArn))).toEqual(new Set([user.arn]));
    expect(asked.find(({ ActionNames }) => ActionNames.includes('iam:PassRole'))?.ContextEntries).toEqual([
      {
        ContextKeyName: 'iam:PassedToService',
        ContextKeyType: 'string',
        ContextKeyValues: ['lambda.amazonaws.com'],
      },
    ]);
  });

  it('are missing where each resource is denied', async () => {
    const { client } = iam((action) => !['iam:CreateRole', 'lambda:CreateFunction'].includes(action));
    const missing = ['iam:CreateRole', 'lambda:CreateFunction'];
    expect(await check(client, user, place)).toEqual({ is: 'checked', missing });
    const some = iam(
      (action, resource) => action !== 'events:PutRule' || resource.endsWith('rule/lastgood-prod/x'),
    );
    expect(await check(some.client, user, place)).toEqual({ is: 'checked', missing: [] });
  });

  it('of a session are those of its role, with the path that IAM knows', async () => {
    const role = 'arn:aws:iam::111122223333:role/teams/Deployer';
    const known = iam(() => true, role);
    await check(known.client, session, place);
    expect(known.asked[0]?.PolicySourceArn).toBe(role);
    const unknown = iam(() => true);
    await check(unknown.client, session, place);
    expect(unknown.asked[0]?.PolicySourceArn).toBe('arn:aws:iam::111122223333:role/Deployer');
  });

  it('of the root user are all', async () => {
    const root = { account: '111122223333', arn: 'arn:aws:iam::111122223333:root' };
    const { client, asked } = iam(() => false);
    expect(await check(client, root, place)).toEqual({ is: 'checked', missing: [] });
    expect(asked).toEqual([]);
  });

  it('are unchecked where the caller may not ask, or IAM does not simulate the caller', async () => {
    const { client } = iam(() => {
      throw Object.assign(new Error('not authorized'), { name: 'AccessDenied' });
    });
    const denied = { is: 'unchecked', because: 'AccessDenied: not authorized' };
    expect(await check(client, user, place)).toEqual(denied);
    const federated = { account: '111122223333', arn: 'arn:aws:sts::111122223333:federated-user/ada' };
    expect(await check(iam(() => true).client, federated, place)).toMatchObject({ is: 'unchecked' });
  });
});
