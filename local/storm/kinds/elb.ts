import type { Action, DescribeRulesOutput, ModifyRuleInput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { forwardsOf } from '@lastgood/embedded-aws/world/elb/forwards.ts';
import { behindBalancer, putErrorAlarm } from '../alarms.ts';
import { forwardTo } from '../balancers.ts';
import { GOOD } from '../behaviours.ts';
import type { Planter } from '../subject.ts';

/** Plants rules with weights: two target groups of IP addresses, as a controller outside AWS registers them. */
export const elb: Planter = {
  leadSeconds: 5,
  on: (ground) => {
    let addresses = 0;
    const { world, balancers, call } = ground;
    return ({ number, alarm, size, checkSeconds, tags }) => {
      const name = `web-${number}`;
      const sides = ['blue', 'green'].map((side) => {
        const targetGroup = balancers.group(`${name}-${side}`, 'ip', checkSeconds);
        const ids = Array.from({ length: size }, () => addressOf(addresses++));
        for (const id of ids) world.endpoints.put(id, GOOD);
        call('elb', 'RegisterTargets', {
          TargetGroupArn: targetGroup,
          Targets: ids.map((Id) => ({ Id, Port: 8080 })),
        });
        return { targetGroup, ids };
      });
      const [blue = '', green = ''] = sides.map(({ targetGroup }) => targetGroup);
      const sharing = (ofBlue: number) => [
        { targetGroup: blue, weight: ofBlue },
        { targetGroup: green, weight: 100 - ofBlue },
      ];
      const { rule, loadBalancer } = balancers.route(`${name}.example.com`, sharing(100), tags);
      const target = `elb:${rule}`;
      putErrorAlarm(ground, alarm, behindBalancer(loadBalancer, [blue, green]), target);
      const actions = () =>
        call<DescribeRulesOutput>('elb', 'DescribeRules', { RuleArns: [rule] }).Rules?.[0]?.Actions;
      let isBlue = true;
      return {
        target,
        kind: 'elb',
        alarm,
        release: (behaviour) => {
          isBlue = !isBlue;
          for (const id of sides[isBlue ? 0 : 1]?.ids ?? []) world.endpoints.put(id, behaviour);
          const Actions = [forwardTo(sharing(isBlue ? 100 : 0))];
          call('elb', 'ModifyRule', { RuleArn: rule, Actions });
        },
        isWayBack: ({ operation, input }) =>
          operation === 'ModifyRule' && isAllOn(blue, (input as ModifyRuleInput).Actions),
        isBack: () => isAllOn(blue, actions()),
      };
    };
  },
};

/** Returns a private address; there are some millions. */
function addressOf(place: number): string {
  return `10.${64 + Math.floor(place / 62_500)}.${Math.floor(place / 250) % 250}.${(place % 250) + 1}`;
}

function isAllOn(targetGroup: string, actions: readonly Action[] = []): boolean {
  return forwardsOf(actions).every(
    ({ weight, targetGroupArn }) => weight === 0 || targetGroupArn === targetGroup,
  );
}
