import type { Access } from '../service.ts';
import { byConfiguration, byOverride, byRegistration } from './deployment.ts';
import type { Facts } from './facts.ts';
import { imageParameters, ofTemplates, resolvedParameters, writtenParameter } from './launch.ts';
import { infrastructureRoles, taskRoles } from './passed-roles.ts';
import { userPoolClients } from './user-pools.ts';

/** Permissions that AWS asks of a caller besides the action that the caller names. */
export interface Need {
  /** `ecs UpdateService`: the signing name and the operation of each call that asks for them. */
  readonly of: readonly string[];
  readonly asks: (input: never, facts: Facts) => readonly Access[];
  /** The page or the quoted answer that shows it. */
  readonly source: string;
}

/** Returns the permissions that a call needs besides its own action. */
export type NeedsOf = (signingName: string, operation: string, input: unknown) => readonly Access[];

const SET_ON_GROUP = [
  'autoscaling CreateAutoScalingGroup',
  'autoscaling UpdateAutoScalingGroup',
  'autoscaling StartInstanceRefresh',
];
const TEMPLATE_PERMISSIONS =
  'https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html';
const PARAMETER_IMAGES =
  'https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html';
const CREATE_DEPLOYMENT =
  'https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeployment.html';

/** Everything that the simulated operations check beyond their own action. Nothing else in the world may. */
export const NEEDS: readonly Need[] = [
  {
    of: ['ecs CreateService', 'ecs UpdateService', 'ecs CreateTaskSet'],
    asks: taskRoles,
    // The refusal of UpdateService; for task sets, the managed policy AWSCodeDeployRoleForECS passes to ecs-tasks.
    source: 'https://github.com/keidarcy/e1s/issues/429',
  },
  {
    of: ['ecs CreateService', 'ecs UpdateService', 'ecs CreateTaskSet'],
    asks: infrastructureRoles,
    // ECS assumes these roles as ecs.amazonaws.com, and IAM asks whoever names a role to pass it.
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/infrastructure_IAM_role.html',
  },
  { of: SET_ON_GROUP, asks: ofTemplates, source: TEMPLATE_PERMISSIONS },
  { of: SET_ON_GROUP, asks: imageParameters, source: TEMPLATE_PERMISSIONS },
  {
    of: ['ec2 CreateLaunchTemplate', 'ec2 CreateLaunchTemplateVersion'],
    asks: writtenParameter,
    source: PARAMETER_IMAGES,
  },
  { of: ['ec2 DescribeLaunchTemplateVersions'], asks: resolvedParameters, source: PARAMETER_IMAGES },
  {
    of: ['CreateListener', 'ModifyListener', 'CreateRule', 'ModifyRule'].map(
      (operation) => `elasticloadbalancing ${operation}`,
    ),
    asks: userPoolClients,
    source:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html',
  },
  { of: ['codedeploy CreateDeployment'], asks: byConfiguration, source: CREATE_DEPLOYMENT },
  { of: ['codedeploy CreateDeployment'], asks: byRegistration, source: CREATE_DEPLOYMENT },
  { of: ['codedeploy CreateDeployment'], asks: byOverride, source: CREATE_DEPLOYMENT },
];

/** Binds the table to what the world knows. */
export function needsOf(facts: Facts): NeedsOf {
  return (signingName, operation, input) =>
    NEEDS.filter(({ of }) => of.includes(`${signingName} ${operation}`)).flatMap(({ asks }) =>
      asks(input as never, facts),
    );
}
