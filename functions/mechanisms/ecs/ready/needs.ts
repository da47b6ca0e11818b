import type { TaskDefinition } from '@aws-sdk/client-ecs';
import type { Need } from '../../../../src/readiness/examination.ts';
import type { Plan } from '../../../../src/rollback/plan.ts';
import type { Memo } from '../memo.ts';
import type { Tagged } from '../traffic/balancer.ts';

interface Facts {
  readonly plan: Plan<Memo>;
  readonly service: string;
  /** The task definition that the way back would start. */
  readonly back: TaskDefinition | null;
  readonly forwardings: readonly Tagged[];
}

/** Returns the writes of a plan's way back, as function.yml lists them. Empty: there is no way back. */
export function needsOf({ plan, service, back, forwardings }: Facts): readonly Need[] {
  if (!('memo' in plan)) return [];
  const tag = plan.tags['lastgood'] ?? 'auto';
  const context = { 'aws:ResourceTag/lastgood': [tag] };
  const of = (actions: readonly string[], resources: readonly string[]): Need => ({
    actions,
    resources,
    context,
  });
  switch (plan.memo.controller) {
    case 'ECS':
      return [of(['ecs:UpdateService', 'ecs:StopServiceDeployment'], [service]), ...passing(back, service)];
    case 'CODE_DEPLOY': {
      const { application, group } = plan.memo.group;
      const [, partition, , region, account] = service.split(':');
      const arn = `arn:${partition}:codedeploy:${region}:${account}:deploymentgroup:${application}/${group}`;
      return [
        of(['codedeploy:CreateDeployment'], [arn]),
        { actions: ['codedeploy:StopDeployment'], resources: ['*'] },
      ];
    }
    case 'EXTERNAL':
      return [
        of(['ecs:UpdateServicePrimaryTaskSet'], [service]),
        ...forwardings.map(({ arn, tags }) => ({
          actions: [
            arn.includes(':listener-rule/')
              ? 'elasticloadbalancing:ModifyRule'
              : 'elasticloadbalancing:ModifyListener',
          ],
          resources: [arn],
          context: tags['lastgood'] === undefined ? {} : { 'aws:ResourceTag/lastgood': [tags['lastgood']] },
        })),
        ...passing(back, service),
      ];
  }
}

/** UpdateService and CreateTaskSet ask for the right to pass the roles of the task definition. */
function passing(back: TaskDefinition | null, service: string): readonly Need[] {
  const [, partition, , , account] = service.split(':');
  const roles = [back?.taskRoleArn, back?.executionRoleArn]
    .filter((role) => role !== undefined && role !== '')
    .map((role) =>
      String(role).startsWith('arn:') ? String(role) : `arn:${partition}:iam::${account}:role/${role}`,
    );
  if (roles.length === 0) return [];
  return [
    {
      actions: ['iam:PassRole'],
      resources: [...new Set(roles)],
      context: { 'iam:PassedToService': ['ecs-tasks.amazonaws.com'] },
    },
  ];
}
