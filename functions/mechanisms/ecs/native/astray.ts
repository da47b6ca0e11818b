import type { Configuration } from '../configuration.ts';
import { nameOf } from '../ecs.ts';
import { astray } from '../traffic/astray.ts';
import type { Balancer, Place } from '../traffic/balancer.ts';
import type { Rollout } from './rollout.ts';

/**
 * Returns why users do not reach what runs, or null. During a deployment the weights are ECS's own. Only services with
 * two target groups name the rule: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AdvancedConfiguration.html
 */
export async function astrayIn(
  { standing, running }: Pick<Rollout, 'standing' | 'running'>,
  { again }: Pick<Balancer, 'again'>,
): Promise<string | null> {
  const { configuration, targetGroups } = running;
  const places = placesIn(configuration);
  const isAtRest = standing.state === 'at-rest' || standing.state === 'went-back';
  if (!isAtRest || places.length === 0) return null;
  const own = groupsIn(configuration);
  return astray({
    forwardings: await again(places),
    serving: targetGroups.filter((group) => own.includes(group)),
    isOwn: (group) => own.includes(group),
    runs: nameOf(configuration.taskDefinition),
  });
}

function placesIn({ loadBalancers = [] }: Configuration): readonly Place[] {
  const rules = loadBalancers.flatMap(({ advancedConfiguration: one }) => one?.productionListenerRule ?? []);
  return [...new Set(rules)].map((arn) => ({ arn, shownBy: arn }));
}

function groupsIn({ loadBalancers = [] }: Configuration): readonly string[] {
  return loadBalancers.flatMap(({ targetGroupArn, advancedConfiguration: two }) =>
    two === undefined ? [] : [targetGroupArn, two.alternateTargetGroupArn].filter((one) => one !== undefined),
  );
}
