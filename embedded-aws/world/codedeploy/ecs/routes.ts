import type { Group } from '../model.ts';
import type { EcsGround } from './ground.ts';

/** The listeners and the two target groups of a deployment group. */
export interface Routes {
  /** Returns the other target group of the pair. */
  otherThan(targetGroupArn: string): string;
  /** Gives a percentage of the production traffic to the second group, and the rest to the first. */
  produce(from: string, to: string, percent: number): void;
  /** Gives the test traffic to a group, if there is a test listener. */
  test(to: string): void;
}

/** Returns the routes. CodeDeploy changes the listener itself; listener rules are not modelled here. */
export function routesOf({ targetGroups, targetGroupArn }: EcsGround, { settings }: Group): Routes {
  const [pair] = settings.loadBalancerInfo?.targetGroupPairInfoList ?? [];
  const groups = (pair?.targetGroups ?? []).map(({ name = '' }) => targetGroupArn(name) ?? '');
  const point = (listeners: readonly string[], weights: readonly (readonly [string, number])[]): void => {
    const all = weights.map(([arn, weight]) => ({ targetGroupArn: arn, weight }));
    for (const listener of listeners) targetGroups.pointRule(listener, all);
  };
  return {
    otherThan: (arn) => groups.find((group) => group !== arn) ?? '',
    produce: (from, to, percent) =>
      point(pair?.prodTrafficRoute?.listenerArns ?? [], [
        [from, 100 - percent],
        [to, percent],
      ]),
    test: (to) => point(pair?.testTrafficRoute?.listenerArns ?? [], [[to, 100]]),
  };
}
