import type {
  CreateListenerOutput,
  CreateLoadBalancerOutput,
  CreateRuleOutput,
  CreateTargetGroupOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { nameIn, textOf, type ResourceType } from '../resource-type.ts';

const ELB = 'elasticloadbalancing';

export const loadBalancer: ResourceType = {
  tags: 'list',
  create: async (making) => {
    const input = { ...making.properties, Name: nameIn(making, 'Name') };
    const answer = await making.call<CreateLoadBalancerOutput>(ELB, 'CreateLoadBalancer', input);
    const [created] = answer.LoadBalancers ?? [];
    const ref = textOf(created?.LoadBalancerArn);
    const attributes = {
      LoadBalancerArn: ref,
      LoadBalancerFullName: ref.split(':loadbalancer/')[1],
      LoadBalancerName: created?.LoadBalancerName,
      DNSName: created?.DNSName,
      CanonicalHostedZoneID: created?.CanonicalHostedZoneId,
    };
    return { ref, attributes };
  },
  delete: ({ call, ref }) => call(ELB, 'DeleteLoadBalancer', { LoadBalancerArn: ref }),
};

export const targetGroup: ResourceType = {
  tags: 'list',
  create: async (making) => {
    const { TargetGroupAttributes: Attributes, ...properties } = making.properties;
    const input = { ...properties, Name: nameIn(making, 'Name') };
    const answer = await making.call<CreateTargetGroupOutput>(ELB, 'CreateTargetGroup', input);
    const TargetGroupArn = textOf(answer.TargetGroups?.[0]?.TargetGroupArn);
    if (Attributes !== undefined)
      await making.call(ELB, 'ModifyTargetGroupAttributes', { TargetGroupArn, Attributes });
    const attributes = {
      TargetGroupArn,
      TargetGroupFullName: TargetGroupArn.split(':').at(-1),
      TargetGroupName: answer.TargetGroups?.[0]?.TargetGroupName,
    };
    return { ref: TargetGroupArn, attributes };
  },
  delete: ({ call, ref }) => call(ELB, 'DeleteTargetGroup', { TargetGroupArn: ref }),
};

/** A template gives a listener no tags: the type has no such property. */
export const listener: ResourceType = {
  create: async ({ properties, call }) => {
    const answer = await call<CreateListenerOutput>(ELB, 'CreateListener', properties);
    const ref = textOf(answer.Listeners?.[0]?.ListenerArn);
    return { ref, attributes: { ListenerArn: ref } };
  },
  delete: ({ call, ref }) => call(ELB, 'DeleteListener', { ListenerArn: ref }),
};

export const listenerRule: ResourceType = {
  create: async ({ properties, call }) => {
    const answer = await call<CreateRuleOutput>(ELB, 'CreateRule', properties);
    const ref = textOf(answer.Rules?.[0]?.RuleArn);
    return { ref, attributes: { RuleArn: ref } };
  },
  delete: ({ call, ref }) => call(ELB, 'DeleteRule', { RuleArn: ref }),
};
