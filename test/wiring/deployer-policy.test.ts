import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FILE, written } from '../../scripts/deployer-policy.ts';
import {
  MAX_POLICY_LENGTH,
  neededBy,
  NOT_NEEDED,
  policyOf,
  type Policy,
} from '../../scripts/deploy/policy.ts';
import published from '../../scripts/deploy/actions.json' with { type: 'json' };
import { typesIn } from '../../scripts/deploy/template.ts';
import { PACKAGED } from '../../scripts/package.ts';

const types = typesIn(PACKAGED);
const text = readFileSync(FILE, 'utf8');
const policy = JSON.parse(text) as Policy;

const pattern = (glob: string) =>
  new RegExp(`^${glob.replaceAll(/[.+?^$()|{}[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);

/** Says whether the policy allows an action on a resource. */
const allows = (action: string, resource: string) =>
  policy.Statement.some(
    ({ Action, Resource }) =>
      Action.some((glob) => pattern(glob).test(action)) &&
      Resource.some((glob) => pattern(glob).test(resource)),
  );

describe(FILE, () => {
  it('is up to date (npm run deployer-policy)', async () => {
    expect(text).toBe(await written());
  });

  it('allows every action that a handler or a command calls', () => {
    const granted = policy.Statement.flatMap(({ Action }) => Action).map(pattern);
    expect(neededBy(types).filter((action) => !granted.some((glob) => glob.test(action)))).toEqual([]);
    expect(neededBy(types).length).toBeGreaterThan(150);
  });

  it.each([
    ['lambda:CreateFunction', 'arn:aws:lambda:eu-west-1:111122223333:function:lastgood-prod-guard'],
    ['iam:PassRole', 'arn:aws:iam::111122223333:role/lastgood-prod-guard-eu-west-1-role'],
    ['dynamodb:CreateTable', 'arn:aws:dynamodb:eu-west-1:111122223333:table/lastgood-prod-ledger'],
    ['events:PutRule', 'arn:aws:events:eu-west-1:111122223333:rule/lastgood-prod-on-alarm-rule-1'],
    [
      'events:PutRule',
      'arn:aws:events:eu-west-1:111122223333:rule/lastgood-prod/lastgood-prod-on-request-rule-1',
    ],
    ['events:CreateEventBus', 'arn:aws:events:eu-west-1:111122223333:event-bus/lastgood-prod'],
    [
      'schemas:CreateSchema',
      'arn:aws:schemas:eu-west-1:111122223333:schema/lastgood-prod/lastgood@RollbackStarted',
    ],
    [
      'logs:CreateLogGroup',
      'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/vendedlogs/states/lastgood-prod-rollback',
    ],
    [
      's3:PutObject',
      'arn:aws:s3:::lastgood-prod-serverlessdeploymentbucket-1a2b/serverless/lastgood/prod/1/sweep.zip',
    ],
    ['cloudwatch:PutDashboard', 'arn:aws:cloudwatch::111122223333:dashboard/lastgood-prod-eu-west-1'],
    ['states:CreateStateMachine', 'arn:aws:states:eu-west-1:111122223333:stateMachine:lastgood-prod-plan'],
    ['cloudformation:CreateChangeSet', 'arn:aws:cloudformation:eu-west-1:111122223333:stack/lastgood-prod/1'],
  ])('allows %s on %s', (action, resource) => {
    expect(allows(action, resource)).toBe(true);
  });

  it.each([
    ['lambda:UpdateFunctionCode', 'arn:aws:lambda:eu-west-1:111122223333:function:checkout'],
    ['iam:PutRolePolicy', 'arn:aws:iam::111122223333:role/admin'],
    ['dynamodb:DeleteTable', 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders'],
    ['dynamodb:UpdateItem', 'arn:aws:dynamodb:eu-west-1:111122223333:table/lastgood-prod-ledger'],
    ['dynamodb:GetItem', 'arn:aws:dynamodb:eu-west-1:111122223333:table/lastgood-prod-ledger'],
    ['s3:GetObject', 'arn:aws:s3:::checkout-bundles/a.zip'],
  ])('does not allow %s on %s', (action, resource) => {
    expect(allows(action, resource)).toBe(false);
  });

  it('fits into a managed policy', () => {
    expect(JSON.stringify(policy).length).toBeLessThanOrEqual(MAX_POLICY_LENGTH);
  });

  it('can be narrowed to a stage', () => {
    const narrowed = JSON.stringify(policyOf(types, 'prod'));
    expect(narrowed).toContain('table/lastgood-prod-*');
    expect(narrowed).not.toContain('lastgood-*');
  });

  it('leaves out only actions that are published, each rule for some', () => {
    const all = Object.values(published.actions).flat();
    expect(NOT_NEEDED.filter(([rule]) => !all.some((action) => rule.test(action)))).toEqual([]);
  });

  it('is made from the types of the template, and of no other', () => {
    expect(Object.keys(published.actions).toSorted()).toEqual([...new Set(types)].toSorted());
  });

  it('is refused for a resource type without its actions', () => {
    expect(() => policyOf(['AWS::SNS::Topic'], 'prod')).toThrow(
      'actions.json has no actions of AWS::SNS::Topic',
    );
  });
});
