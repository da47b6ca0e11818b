import type { CreateTargetGroupResponse, RuleAction } from '@aws-sdk/client-vpc-lattice';
import type { Behaviour } from '@lastgood/embedded-aws/world/seams.ts';
import type { Stage } from '../stage.ts';

export type Weights = Readonly<Record<string, number>>;

export const GOOD: Behaviour = { startSeconds: 0, health: 'passes', errorRate: 0.0001, latency: 0.08 };

/** The servers of a side. */
export const SERVERS = 4;

export interface SideOptions {
  readonly groupTags?: Readonly<Record<string, string>>;
  /** Groups of functions, by side. The others have IP addresses. */
  readonly functions?: readonly string[];
  /** Auto Scaling groups stand behind the sides. */
  readonly fleets?: true;
  /** Whether the health of IP addresses is checked; true unless the scenario says otherwise. */
  readonly checked?: boolean;
}

const NETWORKS: Readonly<Record<string, number>> = { blue: 1, green: 2 };
const OTHER_NETWORK = 3;

/** Sides that are called by releases, `v1`, have a network each. */
function networkOf(side: string): number {
  const [, release] = /^v(\d+)$/.exec(side) ?? [];
  return release === undefined ? (NETWORKS[side] ?? OTHER_NETWORK) : 10 + Number(release);
}

/** The servers of a side, or the function that stands for it. */
export function addressesOf(side: string): readonly string[] {
  const servers = Array.from({ length: SERVERS }, (_, at) => `10.0.${networkOf(side)}.${at + 10}`);
  return [...servers, `arn:aws:lambda:eu-west-1:111122223333:function:shop-${side}`];
}

export function openGroup(stage: Stage, side: string, options: SideOptions): string {
  const { checked = true, functions = [], groupTags = {} } = options;
  const isFunction = functions.includes(side);
  const healthCheck = {
    ...{ enabled: checked, path: '/health', healthCheckIntervalSeconds: 10 },
    ...{ healthyThresholdCount: 2, unhealthyThresholdCount: 2 },
  };
  const { id } = stage.call<CreateTargetGroupResponse>('lattice', 'CreateTargetGroup', {
    ...{ name: `shop-${side}`, tags: groupTags },
    ...(isFunction
      ? { type: 'LAMBDA' }
      : { type: 'IP', config: { port: 8080, protocol: 'HTTP', vpcIdentifier: 'vpc-0a1b2c3d', healthCheck } }),
  });
  if (options.fleets === true) return id ?? '';
  const addresses = addressesOf(side);
  for (const address of addresses) stage.world.endpoints.put(address, GOOD);
  const targets = (isFunction ? addresses.slice(SERVERS) : addresses.slice(0, SERVERS)).map((one) => ({
    id: one,
  }));
  stage.call('lattice', 'RegisterTargets', { targetGroupIdentifier: id, targets });
  return id ?? '';
}

export function actionOf(groups: Readonly<Record<string, string>>, weights: Weights): RuleAction {
  const targetGroups = Object.entries(weights).map(([side, weight]) => ({
    targetGroupIdentifier: groups[side],
    weight,
  }));
  return { forward: { targetGroups } };
}
