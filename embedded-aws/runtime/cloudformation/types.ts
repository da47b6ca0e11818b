import type { ResourceType } from './resource-type.ts';
import { alarm } from './types/cloudwatch.ts';
import { launchTemplate, securityGroup } from './types/ec2.ts';
import { cluster, service, taskDefinition } from './types/ecs.ts';
import { listener, listenerRule, loadBalancer, targetGroup } from './types/elb.ts';

/** The types that a stack may have. CreateStack refuses every other one. */
export const TYPES: ReadonlyMap<string, ResourceType> = new Map([
  ['AWS::CloudWatch::Alarm', alarm],
  ['AWS::EC2::LaunchTemplate', launchTemplate],
  ['AWS::EC2::SecurityGroup', securityGroup],
  ['AWS::ECS::Cluster', cluster],
  ['AWS::ECS::Service', service],
  ['AWS::ECS::TaskDefinition', taskDefinition],
  ['AWS::ElasticLoadBalancingV2::Listener', listener],
  ['AWS::ElasticLoadBalancingV2::ListenerRule', listenerRule],
  ['AWS::ElasticLoadBalancingV2::LoadBalancer', loadBalancer],
  ['AWS::ElasticLoadBalancingV2::TargetGroup', targetGroup],
]);
