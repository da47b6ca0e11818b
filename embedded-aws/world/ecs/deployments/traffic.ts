import type { LoadBalancer } from '@aws-sdk/client-ecs';
import type { Rollout, ServiceDeployment } from '../model.ts';
import type { EcsState } from '../state.ts';

/** Gives the new revision a percentage of the production traffic; the old one keeps the rest. */
export function shiftProduction(ecs: EcsState, deployment: ServiceDeployment, percent: number): void {
  deployment.productionWeight = percent;
  point(
    ecs,
    deployment,
    percent,
    ({ advancedConfiguration }) => advancedConfiguration?.productionListenerRule,
  );
}

/** Does the same for the test traffic, if a test listener rule is configured. */
export function shiftTest(ecs: EcsState, deployment: ServiceDeployment, percent: number): void {
  deployment.testWeight = percent;
  point(ecs, deployment, percent, ({ advancedConfiguration }) => advancedConfiguration?.testListenerRule);
}

/** Returns the old revision, the target of a rollback. It carries the traffic until the shift. */
export function sourceInProduction({ sources, rollback }: ServiceDeployment): Rollout | undefined {
  return rollback?.to ?? sources.find(({ scaled }) => scaled) ?? sources[0];
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb-resources-for-blue-green.html */
function point(
  ecs: EcsState,
  deployment: ServiceDeployment,
  percent: number,
  ruleOf: (loadBalancer: LoadBalancer) => string | undefined,
): void {
  const { target } = deployment;
  const source = sourceInProduction(deployment);
  (target.revision.workload.loadBalancers ?? []).forEach((loadBalancer, index) => {
    const rule = ruleOf(loadBalancer);
    const green = target.revision.attachments[index]?.targetGroupArn;
    const blue = source?.revision.attachments[index]?.targetGroupArn;
    if (rule === undefined || green === undefined) return;
    const weights = [{ targetGroupArn: green, weight: percent }];
    if (blue !== undefined && blue !== green)
      weights.unshift({ targetGroupArn: blue, weight: 100 - percent });
    ecs.targetGroups.pointRule(rule, weights);
  });
}
