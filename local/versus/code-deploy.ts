import type {
  CreateDeploymentGroupInput,
  GetDeploymentOutput,
  ListDeploymentsOutput,
} from '@aws-sdk/client-codedeploy';
import { arn } from '@lastgood/embedded-aws/world/aws.ts';
import { ALIAS, openAlias } from '../scenarios/codedeploy/alias.ts';
import { openCodeDeployShop } from '../scenarios/ecs/code-deploy-shop.ts';
import { TARGET } from '../scenarios/ecs/target.ts';
import type { Stage } from '../scenarios/stage.ts';
import { ALARMS_SETTLE_MINUTES, putBalancerAlarms, putDurationAlarm } from './alarms.ts';
import { bakeMinutes, ERRORS_ALARM, LATENCY_ALARM, OPENING_TAGS, tagsOf, type Arm } from './arms.ts';
import type { Story } from './story.ts';

const FAULTY = { errorRate: 0.4 };

/** Deployments of CodeDeploy: of a service of ECS, and of a Lambda alias. */
export const codeDeploy: readonly Story[] = [
  {
    name: 'codedeploy-linear',
    shows: 'CodeDeploy shifts 10 % a minute to tasks of which 40 % of the answers are errors',
    capMinutes: 25,
    open: async (stage, arm) => {
      const shop = await openCodeDeployShop(stage, {
        config: 'CodeDeployDefault.ECSLinear10PercentEvery1Minutes',
        tags: OPENING_TAGS,
        keepsOldMinutes: bakeMinutes(arm),
        group: watching(arm),
      });
      putBalancerAlarms(stage, TARGET);
      await stage.minutes(ALARMS_SETTLE_MINUTES);
      retagService(stage, arm);
      retagGroup(stage, arm, 'shop/checkout');
      return { release: () => void shop.release('v2', FAULTY), wentBackNatively: () => hasWentBack(stage) };
    },
  },
  {
    name: 'lambda-canary',
    shows:
      'CodeDeploy gives 10 % of an alias for five minutes to a version of which 40 % of the answers are errors',
    capMinutes: 20,
    open: async (stage, arm) => {
      const alias = await openAlias(stage, 'LambdaCanary10Percent5Minutes', watching(arm));
      putDurationAlarm(stage, ALIAS);
      await stage.minutes(ALARMS_SETTLE_MINUTES);
      retagGroup(stage, arm, 'checkout/live');
      return { release: () => alias.release(FAULTY), wentBackNatively: () => hasWentBack(stage) };
    },
  },
];

/**
 * Returns CodeDeploy's own alarm rollback. It watches until the deployment ends; on Lambda that is the end of the
 * shift, whatever the arm.
 */
function watching({ natives }: Arm): Partial<CreateDeploymentGroupInput> {
  const enabled = natives !== null;
  return {
    alarmConfiguration: { enabled, alarms: [{ name: ERRORS_ALARM }, { name: LATENCY_ALARM }] },
    autoRollbackConfiguration: { enabled, events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'] },
  };
}

function retagService(stage: Stage, arm: Arm): void {
  const resourceArn = arn('ecs', 'service/prod/checkout');
  stage.call('ecs', 'UntagResource', { resourceArn, tagKeys: Object.keys(OPENING_TAGS) });
  const tags = Object.entries(tagsOf(arm, stage)).map(([key, value]) => ({ key, value }));
  if (tags.length > 0) stage.call('ecs', 'TagResource', { resourceArn, tags });
}

function retagGroup(stage: Stage, arm: Arm, group: string): void {
  const ResourceArn = arn('codedeploy', `deploymentgroup:${group}`);
  stage.call('codedeploy', 'UntagResource', { ResourceArn, TagKeys: Object.keys(OPENING_TAGS) });
  const Tags = Object.entries(tagsOf(arm, stage)).map(([Key, Value]) => ({ Key, Value }));
  stage.call('codedeploy', 'TagResource', { ResourceArn, Tags });
}

/** Returns whether CodeDeploy has deployed an earlier revision as a rollback. */
function hasWentBack(stage: Stage): boolean {
  const { deployments = [] } = stage.call<ListDeploymentsOutput>('codedeploy', 'ListDeployments', {});
  return deployments.some((deploymentId) => {
    const { deploymentInfo } = stage.call<GetDeploymentOutput>('codedeploy', 'GetDeployment', {
      deploymentId,
    });
    return deploymentInfo?.creator === 'codeDeployRollback';
  });
}
