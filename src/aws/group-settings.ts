import {
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  type ElasticLoadBalancingV2Client,
  type TargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2';

/** The health check of a target group. */
export interface GroupCheck {
  readonly arn: string;
  /** How a target is asked: `HTTP /health on traffic-port expecting 200`. Equal text: equal checks. */
  readonly asks: string;
  /** A new target is healthy after that many seconds at the earliest. */
  readonly healthyAfterSeconds: number;
}

/** Reads the settings of target groups. No call has resource-level permissions (Service Authorization Reference). */
export interface GroupSettings {
  /** Reads target groups by their ARNs, in one call. */
  checks(arns: readonly string[]): Promise<readonly GroupCheck[]>;
  /** Reads for how many seconds a target that leaves may finish its requests; null: AWS does not say. */
  drainSeconds(arn: string): Promise<number | null>;
}

export function createGroupSettings(client: Pick<ElasticLoadBalancingV2Client, 'send'>): GroupSettings {
  return {
    checks: async (arns) => {
      if (arns.length === 0) return [];
      const command = new DescribeTargetGroupsCommand({ TargetGroupArns: [...arns] });
      return ((await client.send(command)).TargetGroups ?? []).map(toCheck);
    },
    drainSeconds: async (TargetGroupArn) => {
      const command = new DescribeTargetGroupAttributesCommand({ TargetGroupArn });
      const { Attributes = [] } = await client.send(command);
      const found = Attributes.find(({ Key }) => Key === 'deregistration_delay.timeout_seconds');
      return found?.Value === undefined ? null : Number(found.Value);
    },
  };
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroup.html */
function toCheck(group: TargetGroup): GroupCheck {
  const { HealthCheckProtocol = '', HealthCheckPath, HealthCheckPort = 'traffic-port', Matcher } = group;
  const codes = Matcher?.HttpCode ?? Matcher?.GrpcCode;
  const asks = [
    HealthCheckProtocol,
    ...(HealthCheckPath === undefined ? [] : [HealthCheckPath]),
    `on ${HealthCheckPort}`,
    ...(codes === undefined ? [] : [`expecting ${codes}`]),
  ];
  const { HealthCheckIntervalSeconds: interval = 30, HealthyThresholdCount: times = 5 } = group;
  return { arn: group.TargetGroupArn ?? '', asks: asks.join(' '), healthyAfterSeconds: interval * times };
}

/** Returns `checkout-blue` of `arn:…:targetgroup/checkout-blue/6d0ecf831eec9f09`. */
export function groupName(arn: string): string {
  return arn.split('/')[1] ?? arn;
}
