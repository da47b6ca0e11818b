import type { Grant } from './grants.ts';

interface Exception {
  /** What IAM checks instead of the tag, exactly. */
  readonly when: Grant['when'];
  readonly because: string;
}

const REGISTERS: Exception = {
  when: undefined,
  because: 'CreateDeployment asks for it, and registering deploys nothing',
};
const STOPS: Exception = {
  when: undefined,
  because: 'IAM knows no deployment as a resource, so only the judge checks the consent',
};
const TAGS_NEW: Exception = {
  when: { StringEquals: { 'ec2:CreateAction': 'RunInstances' } },
  because: 'tags only what RunInstances creates',
};
const LAUNCHES_NOTHING: Exception = {
  when: undefined,
  because: 'IAM knows no launch template for it, and without the other resources it launches nothing',
};
const OF_THE_SERVICE: Exception = {
  when: undefined,
  because: 'a service deployment has no tags; the service, which IAM checks too, has',
};
const OF_THE_ENVIRONMENT: Exception = {
  when: undefined,
  because: 'each call needs the environment too, whose tag IAM checks',
};
const ANSWERS: Exception = {
  when: undefined,
  because: 'no resource-level permissions; the token identifies the task',
};
const ROLES = 'only an owner knows the roles, and tags are not reliable for PassRole; params.yml narrows it';

/**
 * Writes that IAM lets Lastgood do without the tag, by role, action and type of the resource. A new one needs its
 * reason here, and a condition that is as narrow as AWS allows.
 */
export const WITHOUT_TAG: Readonly<Record<string, Exception>> = {
  'answer-slack: states:SendTaskSuccess on *': ANSWERS,
  'interrupt: states:SendTaskSuccess on *': ANSWERS,
  'on-deployment: states:SendTaskSuccess on *': ANSWERS,
  'storm: states:SendTaskSuccess on *': ANSWERS,
  'mechanism-appconfig: appconfig:StartDeployment on application': OF_THE_ENVIRONMENT,
  'mechanism-appconfig: appconfig:StartDeployment on deploymentstrategy': OF_THE_ENVIRONMENT,
  'mechanism-appconfig: appconfig:StopDeployment on application': OF_THE_ENVIRONMENT,
  'mechanism-asg: ec2:CreateTags on instance': TAGS_NEW,
  'mechanism-asg: ec2:CreateTags on network-interface': TAGS_NEW,
  'mechanism-asg: ec2:CreateTags on spot-instances-request': TAGS_NEW,
  'mechanism-asg: ec2:CreateTags on volume': TAGS_NEW,
  'mechanism-asg: ec2:RunInstances on *': {
    when: { ArnLike: { 'ec2:LaunchTemplate': 'arn:aws:ec2:eu-west-1:111122223333:launch-template/*' } },
    because:
      'Auto Scaling asks whether the caller may launch from the template; a Deny refuses another image',
  },
  'mechanism-asg: ec2:RunInstances on group': LAUNCHES_NOTHING,
  'mechanism-asg: ec2:RunInstances on license-configuration': LAUNCHES_NOTHING,
  'mechanism-asg: ec2:RunInstances on spot-instances-request': LAUNCHES_NOTHING,
  'mechanism-asg: iam:PassRole on role': {
    when: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
    because: ROLES,
  },
  'mechanism-codedeploy: codedeploy:RegisterApplicationRevision on application': REGISTERS,
  'mechanism-codedeploy: codedeploy:StopDeployment on *': STOPS,
  'mechanism-ecs: codedeploy:RegisterApplicationRevision on application': REGISTERS,
  'mechanism-ecs: codedeploy:StopDeployment on *': STOPS,
  'mechanism-ecs: ecr:StartLifecyclePolicyPreview on repository': {
    when: undefined,
    because: 'a preview removes nothing',
  },
  'mechanism-ecs: ecs:ContinueServiceDeployment on service-deployment': OF_THE_SERVICE,
  'mechanism-ecs: ecs:CreateTaskSet on task-set': {
    when: undefined,
    because: 'a new task set has no tags yet, and gets no traffic without a tagged listener',
  },
  'mechanism-ecs: ecs:StopServiceDeployment on service-deployment': OF_THE_SERVICE,
  'mechanism-ecs: iam:PassRole on role': {
    when: { StringEquals: { 'iam:PassedToService': ['ecs-tasks.amazonaws.com', 'ecs.amazonaws.com'] } },
    because: ROLES,
  },
  'mechanism-route53: route53:ChangeResourceRecordSets on hostedzone': {
    when: {
      'ForAllValues:StringEquals': {
        'route53:ChangeResourceRecordSetsActions': ['UPSERT'],
        'route53:ChangeResourceRecordSetsRecordTypes': ['A', 'AAAA', 'CNAME', 'HTTPS', 'SRV', 'SVCB'],
      },
    },
    because: 'no action of Route 53 supports aws:ResourceTag',
  },
  'readiness: iam:SimulatePrincipalPolicy on role': {
    when: undefined,
    because: 'decides on policies, and changes nothing',
  },
};
