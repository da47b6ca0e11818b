import { describe, expect, it } from 'vitest';
import { allowed, grants, isRead, stack, type Grant } from './grants.ts';

/** The condition that most writes to other resources have. */
const TAGGED = { StringEquals: { 'aws:ResourceTag/lastgood': ['auto', 'approve'] } };

interface Exception {
  /** What IAM checks instead of the tag, exactly. */
  readonly when: Grant['when'];
  readonly because: string;
}

/**
 * Writes that IAM lets Lastgood do without the tag, by action and the type of the resource, and by role where roles
 * differ. A new one needs its reason here, and a condition that is as narrow as AWS allows.
 */
const WITHOUT_TAG: Readonly<Record<string, Exception>> = {
  'codedeploy:RegisterApplicationRevision on application': {
    when: undefined,
    because: 'CreateDeployment asks for it, and registering deploys nothing',
  },
  'codedeploy:StopDeployment on *': {
    when: undefined,
    because: 'IAM knows no deployment as a resource, so only the judge checks the consent',
  },
  'ec2:CreateTags on instance': {
    when: { StringEquals: { 'ec2:CreateAction': 'RunInstances' } },
    because: 'tags only what RunInstances creates',
  },
  'ec2:CreateTags on volume': {
    when: { StringEquals: { 'ec2:CreateAction': 'RunInstances' } },
    because: 'tags only what RunInstances creates',
  },
  'ec2:CreateTags on network-interface': {
    when: { StringEquals: { 'ec2:CreateAction': 'RunInstances' } },
    because: 'tags only what RunInstances creates',
  },
  'ec2:CreateTags on spot-instances-request': {
    when: { StringEquals: { 'ec2:CreateAction': 'RunInstances' } },
    because: 'tags only what RunInstances creates',
  },
  'ec2:RunInstances on *': {
    when: { ArnLike: { 'ec2:LaunchTemplate': 'arn:aws:ec2:eu-west-1:111122223333:launch-template/*' } },
    because:
      'Auto Scaling asks whether the caller may launch from the template; a Deny refuses another image',
  },
  'ec2:RunInstances on spot-instances-request': {
    when: undefined,
    because: 'IAM knows no launch template for it, and it launches nothing without the resources above',
  },
  'ec2:RunInstances on license-configuration': {
    when: undefined,
    because: 'IAM knows no launch template for it, and it launches nothing without the resources above',
  },
  'ec2:RunInstances on group': {
    when: undefined,
    because: 'IAM knows no launch template for it, and it launches nothing without the resources above',
  },
  'ecs:ContinueServiceDeployment on service-deployment': {
    when: undefined,
    because: 'a service deployment has no tags; the service, which IAM checks too, has',
  },
  'ecs:CreateTaskSet on task-set': {
    when: undefined,
    because: 'a new task set has no tags yet, and gets no traffic without a tagged listener',
  },
  'ecs:StopServiceDeployment on service-deployment': {
    when: undefined,
    because: 'a service deployment has no tags; the service, which IAM checks too, has',
  },
  'mechanism-asg: iam:PassRole on role': {
    when: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
    because: 'only the owner of a launch template knows its role, and tags are not reliable for PassRole',
  },
  'mechanism-ecs: iam:PassRole on role': {
    when: { StringEquals: { 'iam:PassedToService': ['ecs-tasks.amazonaws.com', 'ecs.amazonaws.com'] } },
    because: 'only the owner of a service knows its roles, and tags are not reliable for PassRole',
  },
  'route53:ChangeResourceRecordSets on hostedzone': {
    when: {
      'ForAllValues:StringEquals': {
        'route53:ChangeResourceRecordSetsActions': ['UPSERT'],
        'route53:ChangeResourceRecordSetsRecordTypes': [
          ...['A', 'AAAA', 'CAA', 'CNAME', 'HTTPS', 'MX', 'NAPTR'],
          ...['PTR', 'SPF', 'SRV', 'SSHFP', 'SVCB', 'TLSA', 'TXT'],
        ],
      },
    },
    because: 'no action of Route 53 supports aws:ResourceTag',
  },
  'states:SendTaskSuccess on *': {
    when: undefined,
    because: 'no resource-level permissions; the token identifies the question',
  },
};

/** Actions with which AWS writes logs, traces and log deliveries for a role. They have no resources to name. */
const TELEMETRY = /^(xray:Put|logs:(Create|Update|Delete)LogDelivery$|logs:PutResourcePolicy$)/;

/** What may never happen, whatever is allowed elsewhere. */
const DENIED: readonly (readonly [role: string, action: string, resource: string, when: Grant['when']])[] = [
  ['mechanism-asg', 'autoscaling:UpdateAutoScalingGroup', '*', { Null: { 'autoscaling:MinSize': 'false' } }],
  ['mechanism-asg', 'autoscaling:UpdateAutoScalingGroup', '*', { Null: { 'autoscaling:MaxSize': 'false' } }],
  [
    'mechanism-asg',
    'autoscaling:UpdateAutoScalingGroup',
    '*',
    { Bool: { 'autoscaling:LaunchTemplateVersionSpecified': 'false' } },
  ],
  [
    'mechanism-asg',
    'ec2:RunInstances',
    'arn:aws:ec2:eu-west-1::image/*',
    { Bool: { 'ec2:IsLaunchTemplateResource': 'false' } },
  ],
  [
    'mechanism-asg',
    'ssm:GetParameters',
    'arn:aws:ssm:eu-west-1:111122223333:parameter/lastgood/*',
    undefined,
  ],
  ['mechanism-ecs', 'ecs:UpdateService', '*', { StringEquals: { 'ecs:enable-execute-command': 'true' } }],
];

/** Roles that may write an item of a table, with the partitions of those that may write only some. */
const WRITERS: Readonly<Record<string, readonly string[]>> = {
  ledger: ['answer-slack', 'on-change: changes', 'on-deployment', 'on-hint', 'report', 'sweep'],
  claims: [
    ...['guard', 'mechanism-asg', 'mechanism-codedeploy', 'mechanism-ecs', 'mechanism-elb'],
    ...['mechanism-lambda', 'mechanism-route53', 'on-webhook: alert#*', 'report', 'sweep'],
  ],
  slack: ['notify-slack', 'on-slack: nonce', 'suggest-slack: nonce'],
};

/** Resources of this stack, with the mechanisms of the state machines' dispatch by name. */
const own = new Set([
  ...stack.functions.flatMap(({ arn, name }) => [arn, `${logGroup(name)}:*`]),
  ...stack.queues.map(({ arn }) => arn),
  ...stack.stateMachines.map(({ arn }) => arn),
  ...stack.tables.map(({ TableName }) => tableArn(String(TableName))),
  ...stack.buses.map((bus) => `arn:aws:events:eu-west-1:111122223333:event-bus/${bus}`),
  'arn:aws:lambda:eu-west-1:111122223333:function:lastgood-prod-mechanism-*',
]);

function logGroup(name: string): string {
  return `arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/${name}`;
}

function tableArn(name: string): string {
  return `arn:aws:dynamodb:eu-west-1:111122223333:table/${name}`;
}

/** Returns `action on type`, after the role if an exception is that role's alone. */
function named({ role, action }: Grant, resource: string): string {
  // The type is the first word of the ARN's resource.
  const type = resource === '*' ? '*' : (resource.split(':').slice(5).join(':').split(/[:/]/)[0] ?? '');
  const name = `${action} on ${type}`;
  return `${role}: ${name}` in WITHOUT_TAG ? `${role}: ${name}` : name;
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
      .map(({ grant, resource }) => `${grant.role}: ${named(grant, resource)}`);
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
