import { shares } from '../elb/forwards.ts';
import type { Routing } from '../elb/routing.ts';
import type { Random } from '../random.ts';
import type { TargetId } from '../seams.ts';

/** Load balancers as an alias record refers to them: by DNS name. */
export interface AliasedBalancers {
  /** Returns null if no load balancer has that name. */
  isHealthy(dnsName: string): boolean | null;
  /** Returns the target that gets a request; null if none can. */
  target(dnsName: string, chance: Random): TargetId | null;
}

export function createAliasedBalancers(elb: Routing): AliasedBalancers {
  const listenersOf = (dnsName: string) => elb.named(dnsName)?.listeners.map(({ arn }) => arn) ?? null;
  const forwardsOf = (listeners: readonly string[]) =>
    listeners.flatMap((listener) => elb.forwards(listener, { host: 'www.example.com', path: '/' }));
  /** The route of a request, by the shares of the groups. */
  const courseOf = elb.changes.remembering((dnsName: string) => {
    const [listener] = listenersOf(dnsName) ?? [];
    const groups = [...shares(forwardsOf(listener === undefined ? [] : [listener]))];
    return { groups, eligible: new Map(groups.map(([group]) => [group, elb.eligible(group)])) };
  });
  return {
    /** Every group with targets must have a healthy one (API_AliasTarget, `EvaluateTargetHealth`). */
    isHealthy: elb.changes.remembering((dnsName) => {
      const listeners = listenersOf(dnsName);
      if (listeners === null) return null;
      const counts = forwardsOf(listeners).map(({ targetGroupArn }) => elb.counts(targetGroupArn));
      const used = counts.filter(({ registered }) => registered > 0);
      return used.length > 0 && used.every(({ healthy }) => healthy > 0);
    }),
    target: (dnsName, chance) => {
      const { groups, eligible } = courseOf(dnsName);
      const targets = eligible.get(pickShare(groups, chance) ?? '') ?? [];
      return targets[Math.floor(chance.next() * targets.length)] ?? null;
    },
  };
}

function pickShare(groups: readonly (readonly [string, number])[], chance: Random): string | null {
  let place = chance.next();
  for (const [group, share] of groups) {
    place -= share;
    if (place < 0) return group;
  }
  return null;
}
