import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { bindMechanism } from '../../../src/lambda/bind-mechanism.ts';
import { createEc2 } from './ec2.ts';
import { createMechanism } from './mechanism.ts';
import { createAutoScaling } from './sdk.ts';
import { createTargetGroups } from './target-groups.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import type { LambdaHandler } from '../../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  return bindMechanism(surroundings, ({ connect, ledger, now }) =>
    createMechanism({
      autoscaling: createAutoScaling(connect(AutoScalingClient)),
      ec2: createEc2(connect(EC2Client)),
      targetGroups: createTargetGroups(connect(ElasticLoadBalancingV2Client)),
      ledger,
      now,
    }),
  );
}
