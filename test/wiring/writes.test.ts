import { describe, expect, it } from 'vitest';
import { DENIED } from './denied.ts';
import { allowed, grants, isRead, stack, type Grant } from './grants.ts';
import { WITHOUT_TAG } from './without-tag.ts';

/** The condition that most writes to other resources have. */
const TAGGED = { StringEquals: { 'aws:ResourceTag/lastgood': ['auto', 'approve'] } };

/** Actions with which AWS writes logs, traces and log deliveries for a role. They have no resources to name. */
const TELEMETRY = /^(xray:Put|logs:(Create|Update|Delete)LogDelivery$|logs:PutResourcePolicy$)/;

/** Roles that may write an item of a table, with the partitions of those that may write only some. */
const WRITERS: Readonly<Record<string, readonly string[]>> = {
  ledger: [
    ...['answer-slack', 'lookout: lookout#*', 'on-change: changes, stacks', 'on-deployment'],
    ...['on-hint', 'on-request', 'readiness: readiness, readiness-due, readiness-known', 'report', 'sweep'],
  ],
  claims: [
    ...[
      'answer-slack: storms',
      'guard',
      'lookout: quota#*',
      'mechanism-apigateway',
      'mechanism-appconfig',
      'mechanism-asg',
      'mechanism-cloudformation',
      'mechanism-codedeploy',
      'mechanism-ecs',
      'mechanism-elb',
      'mechanism-external',
    ],
    ...[
      'mechanism-lambda',
      'mechanism-lattice',
      'mechanism-pipeline',
      'mechanism-route53',
      'on-pause: pause',
      'on-request: storms, handover#*',
      'on-webhook: alert#*',
    ],
    ...['readiness: quota#*', 'report', 'storm: storms, storm#*, quota#*', 'sweep', 'verify: quota#*'],
  ],
  slack: ['notify-slack', 'on-slack: nonce', 'post-slack', 'suggest-slack: nonce'],
};

/** Resources of this stack, with the mechanisms of the state machines' dispatch by name. */
const own = new Set([
  ...stack.functions.flatMap(({ arn, name }) => [arn, `${logGroup(name)}:*`]),
  ...stack.queues.map(({ arn }) => arn),
  ...stack.stateMachines.map(({ arn }) => arn),
  ...stack.tables.map(({ TableName }) => tableArn(String(TableName))),
  ...stack.buses.map((bus) => `arn:aws:events:eu-west-1:111122223333:event-bus/${bus}`),
  ...stack.buckets.map((bucket) => `arn:aws:s3:::${bucket}/reports/*`),
  'arn:aws:lambda:eu-west-1:111122223333:function:lastgood-prod-mechanism-*',
  'arn:aws:ssm:eu-west-1:111122223333:parameter/lastgood/prod/pause',
]);

function logGroup(name: string): string {
  return `arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/${name}`;
}

function tableArn(name: string): string {
  return `arn:aws:dynamodb:eu-west-1:111122223333:table/${name}`;
}

/** Returns `role: action on type`, where the type is the first word of the ARN's resource. */
function named({ role, action }: Grant, resource: string): string {
  const type = resource === '*' ? '*' : (resource.split(':').slice(5).join(':').split(/[:/]/)[0] ?? '');
  return `${role}: ${action} on ${type}`;
}

const foreign = allowed
  .filter((grant) => !isRead(grant) && !TELEMETRY.test(grant.action))
  .flatMap((grant) => grant.resources.map((resource) => ({ grant, resource })))
  .filter(({ resource }) => !own.has(resource));

const isTagged = ({ when }: Grant) => JSON.stringify(when) === JSON.stringify(TAGGED);

describe('a write of the packaged template to a resource that is not its own', () => {
  it('requires the tag of the resource, or is on the list of exceptions', () => {
    const open = foreign
      .filter(({ grant, resource }) => !isTagged(grant) && WITHOUT_TAG[named(grant, resource)] === undefined)
      .map(({ grant, resource }) => named(grant, resource));
    expect(open).toEqual([]);
  });

  it('has the condition that its exception names', () => {
    const found = foreign.filter(({ grant }) => !isTagged(grant));
    const conditions = found.map(({ grant, resource }) => [named(grant, resource), grant.when] as const);
    expect(conditions).toEqual(conditions.map(([name]) => [name, WITHOUT_TAG[name]?.when]));
    expect(Object.keys(WITHOUT_TAG).filter((name) => !conditions.some(([one]) => one === name))).toEqual([]);
  });

  it('is never allowed for a whole service', () => {
    expect(allowed.filter(({ action }) => action.includes('*'))).toEqual([]);
  });
});

describe('the denials of the packaged template', () => {
  it('are the ones that limit a stolen role', () => {
    const denied = grants.filter(({ effect }) => effect === 'Deny');
    const each = denied.flatMap(({ role, action, resources, when }) =>
      resources.map((resource) => [role, action, resource, when]),
    );
    expect(each).toEqual(DENIED);
  });
});

describe.each(Object.entries(WRITERS))('the table %s', (table, writers) => {
  it('is written by the functions that must, each in its partitions', () => {
    const arn = tableArn(`lastgood-prod-${table}`);
    const found = allowed
      .filter((grant) => grant.action.startsWith('dynamodb:') && !isRead(grant))
      .filter(({ resources }) => resources.some((resource) => resource.startsWith(arn)))
      .map(({ role, when }) => [role, partitions(when)].filter(Boolean).join(': '));
    expect(found.toSorted()).toEqual(writers);
  });
});

function partitions(when: Grant['when']): string {
  return Object.values(when ?? {})
    .flatMap((keys) => [keys['dynamodb:LeadingKeys'] ?? []].flat())
    .join(', ');
}
