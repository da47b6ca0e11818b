import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { createGroupSettings } from '../../../src/aws/group-settings.ts';
import { bindMechanism } from '../../../src/lambda/bind-mechanism.ts';
import { createEc2 } from './ec2.ts';
import { createMechanism } from './mechanism.ts';
import { readinessWith } from './ready/ready.ts';
import { createSettings } from './ready/sdk.ts';
import { createAutoScaling } from './sdk.ts';
import { createTargetGroups } from './target-groups.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import type { LambdaHandler } from '../../../src/lambda/handler.ts';

export function bind(surroundings: Surroundings): LambdaHandler {
  return bindMechanism(surroundings, ({ connect, ledger, now }) => {
    const [asg, machines, balancing] = [
      connect(AutoScalingClient),
      connect(EC2Client),
      connect(ElasticLoadBalancingV2Client),
    ];
    const clients = {
      autoscaling: createAutoScaling(asg),
      ec2: createEc2(machines),
      targetGroups: createTargetGroups(balancing),
      ledger,
    };
    const settings = createSettings(asg, machines);
    const groupSettings = createGroupSettings(balancing);
    return {
      ...createMechanism({ ...clients, now }),
      readiness: readinessWith({ ...clients, settings, groupSettings }),
    };
  });
}
