import type { TaskDefinition, TaskSet } from '@aws-sdk/client-ecs';
import { consentIn } from '../../../../src/readiness/consent.ts';
import { only, type Need } from '../../../../src/readiness/examination.ts';
import type { Plan } from '../../../../src/rollback/plan.ts';
import type { Memo } from '../memo.ts';
import type { Tagged } from '../traffic/balancer.ts';

interface Facts {
  readonly plan: Plan<Memo>;
  /** ARN of the service. */
  readonly service: string;
  /** The task definition that the way back would start. */
  readonly back: TaskDefinition | null;
  readonly forwardings: readonly Tagged[];
  readonly taskSets: readonly TaskSet[];
}

type Of<Controller> = Facts & { readonly memo: Extract<Memo, { readonly controller: Controller }> };

/** Returns the writes of a plan's way back, as function.yml lists them. Empty: there is no way back. */
export function needsOf(facts: Facts): readonly Need[] {
  const { plan } = facts;
  if (!('memo' in plan)) return [];
  const { memo } = plan;
  switch (memo.controller) {
    case 'ECS':
      return ofEcs(facts);
    case 'CODE_DEPLOY':
      return ofCodeDeploy({ ...facts, memo });
    case 'EXTERNAL':
      return ofExternal({ ...facts, memo });
  }
}

function ofEcs({ plan, service, back }: Facts): readonly Need[] {
  return [
    { actions: ['ecs:UpdateService'], resources: [service], context: consentIn(plan.tags) },
    {
      actions: ['ecs:StopServiceDeployment'],
      resources: [service, below('service-deployment', service)],
      context: consentIn(plan.tags),
    },
    ...passing(back, service),
  ];
}

/** A plan with a revision to deploy has found the tag of the deployment group. */
const CONSENTED = consentIn({});

/** Lastgood's deployments have this configuration, and an AppSpec file of their own. */
const CONFIG = 'CodeDeployDefault.ECSAllAtOnce';

/** CreateDeployment needs the others too (API_CreateDeployment, AWS CodeDeploy). */
function ofCodeDeploy({ service, memo: { group, revision } }: Of<'CODE_DEPLOY'>): readonly Need[] {
  const [, partition, , region, account] = service.split(':');
  const arn = (resource: string) => `arn:${partition}:codedeploy:${region}:${account}:${resource}`;
  // No resource-level permissions (Service Authorization Reference, AWS CodeDeploy).
  const stopping = { actions: ['codedeploy:StopDeployment'], resources: ['*'] };
  if (revision === null) return [stopping];
  return [
    {
      actions: ['codedeploy:CreateDeployment', 'codedeploy:UpdateDeploymentGroup'],
      resources: [arn(`deploymentgroup:${group.application}/${group.group}`)],
      context: CONSENTED,
    },
    { actions: ['codedeploy:GetDeploymentConfig'], resources: [arn(`deploymentconfig:${CONFIG}`)] },
    {
      actions: ['codedeploy:RegisterApplicationRevision'],
      resources: [arn(`application:${group.application}`)],
    },
    stopping,
  ];
}

/** The old task set takes over, grown to full scale if it must be, or a new one does. */
function ofExternal({
  plan,
  service,
  back,
  forwardings,
  taskSets,
  memo: { old, settings },
}: Of<'EXTERNAL'>): readonly Need[] {
  return [
    { actions: ['ecs:UpdateServicePrimaryTaskSet'], resources: [service], context: consentIn(plan.tags) },
    ...forwardings.map(moving),
    ...loginsOf(forwardings),
    ...growing(taskSets.find(({ taskSetArn }) => taskSetArn === old)),
    ...(settings === null
      ? []
      : [
          { actions: ['ecs:CreateTaskSet'], resources: [below('task-set', service)] },
          ...passing(back, service),
        ]),
  ];
}

/** A plan passes over a task set that must grow and has no tag. */
function growing(old: TaskSet | undefined): readonly Need[] {
  if (old?.taskSetArn === undefined || (old.scale?.value ?? 100) >= 100) return [];
  return [{ actions: ['ecs:UpdateTaskSet'], resources: [old.taskSetArn], context: CONSENTED }];
}

function moving({ arn, tags }: Tagged): Need {
  const action = arn.includes(':listener-rule/') ? 'ModifyRule' : 'ModifyListener';
  return {
    actions: [`elasticloadbalancing:${action}`],
    resources: [arn],
    context: tags['lastgood'] === undefined ? {} : { 'aws:ResourceTag/lastgood': [tags['lastgood']] },
  };
}

/**
 * A caller that sends an authenticate-cognito action must be allowed to read the client of its user pool.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
function loginsOf(forwardings: readonly Tagged[]): readonly Need[] {
  const pools = forwardings
    .flatMap(({ actions }) => actions)
    .flatMap(({ AuthenticateCognitoConfig }) => AuthenticateCognitoConfig?.UserPoolArn ?? []);
  return only([...new Set(pools)], (resources) => ({
    actions: ['cognito-idp:DescribeUserPoolClient'],
    resources,
  }));
}

/** Returns the pattern of what a service has, such as its task sets: `…:task-set/prod/checkout/*`. */
function below(resource: string, service: string): string {
  return `${service.replace(':service/', `:${resource}/`)}/*`;
}

/** UpdateService and CreateTaskSet ask for the right to pass the roles of the task definition. */
function passing(back: TaskDefinition | null, service: string): readonly Need[] {
  const [, partition, , , account] = service.split(':');
  const roles = [back?.taskRoleArn, back?.executionRoleArn]
    .filter((role) => role !== undefined && role !== '')
    .map((role) =>
      String(role).startsWith('arn:') ? String(role) : `arn:${partition}:iam::${account}:role/${role}`,
    );
  return only([...new Set(roles)], (resources) => ({
    actions: ['iam:PassRole'],
    resources,
    context: { 'iam:PassedToService': ['ecs-tasks.amazonaws.com'] },
  }));
}
