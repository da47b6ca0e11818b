import { createHash } from 'node:crypto';
import {
  DescribeAutoScalingGroupsCommand,
  DescribeAutoScalingInstancesCommand,
  paginateDescribeAutoScalingGroups,
  type AutoScalingClient,
  type AutoScalingGroup,
  type Instance,
} from '@aws-sdk/client-auto-scaling';

/** The launch sources of an Auto Scaling group's instances. */
export interface Launched {
  readonly targetGroups: readonly string[];
  /** Each once: `lt-0a1b2c3d:7`, the name of a launch configuration, or an image that replaces theirs. */
  readonly from: readonly string[];
}

/**
 * Permissions needed: autoscaling:DescribeAutoScalingGroups; for those of instances
 * autoscaling:DescribeAutoScalingInstances too.
 */
export interface LaunchedReader {
  /** Reads every group of the account: one call per hundred groups. */
  all(): Promise<readonly Launched[]>;
  /** Reads the groups of these instances: two calls. At most MAX_INSTANCES ids. */
  ofInstances(ids: readonly string[]): Promise<readonly Launched[]>;
}

/**
 * The most ids that DescribeAutoScalingInstances accepts (API_DescribeAutoScalingInstances, Amazon EC2 Auto Scaling).
 */
export const MAX_INSTANCES = 50;

export function createLaunchedReader(client: AutoScalingClient): LaunchedReader {
  return {
    all: async () => {
      const found: AutoScalingGroup[] = [];
      const input = { MaxRecords: 100 };
      for await (const { AutoScalingGroups = [] } of paginateDescribeAutoScalingGroups({ client }, input))
        found.push(...AutoScalingGroups);
      return found.map(toLaunched);
    },

    ofInstances: async (ids) => {
      const names = await namesOf(client, ids);
      if (names.length === 0) return [];
      const command = new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [...names] });
      return ((await client.send(command)).AutoScalingGroups ?? []).map(toLaunched);
    },
  };
}

async function namesOf(client: AutoScalingClient, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const command = new DescribeAutoScalingInstancesCommand({ InstanceIds: ids.slice(0, MAX_INSTANCES) });
  const { AutoScalingInstances = [] } = await client.send(command);
  return [...new Set(AutoScalingInstances.flatMap(({ AutoScalingGroupName: name }) => name ?? []))];
}

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_AutoScalingGroup.html */
export function toLaunched(group: AutoScalingGroup): Launched {
  const { TargetGroupARNs = [], TrafficSources = [], Instances = [] } = group;
  const serving = Instances.filter(({ LifecycleState }) => LifecycleState === 'InService');
  // Target groups of VPC Lattice are among the traffic sources, and so are those of load balancers.
  const attached = [...TargetGroupARNs, ...TrafficSources.flatMap(({ Identifier }) => Identifier ?? [])];
  return { targetGroups: [...new Set(attached)], from: [...new Set(serving.map(sourceOf))] };
}

/** Returns the launch source of an instance. AWS shows an image only if it differs from the template's. */
function sourceOf({ LaunchTemplate, LaunchConfigurationName, ImageId }: Instance): string {
  const { LaunchTemplateId = '', Version = '' } = LaunchTemplate ?? {};
  return [
    LaunchConfigurationName ?? `${LaunchTemplateId}:${Version}`,
    ...(ImageId === undefined ? [] : [ImageId]),
  ].join(' ');
}

/**
 * Returns a fingerprint of the instances behind a target group. It is equal if they were launched from the same
 * sources. Returns null if no Auto Scaling group with instances in service is attached: then AWS does not show what the
 * targets run.
 * Unknown: beside-launch-template.
 */
export function behind(targetGroup: string, launched: readonly Launched[]): string | null {
  const from = launched
    .filter(({ targetGroups }) => targetGroups.includes(targetGroup))
    .flatMap((one) => one.from);
  return from.length === 0 ? null : fingerprint(from);
}

function fingerprint(texts: readonly (string | null)[]): string {
  const text = [...new Set(texts)].toSorted().join('\n');
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** Returns the fingerprints of the target groups for which AWS shows the instances' launch sources. */
export function behindEach(
  targetGroups: readonly string[],
  launched: readonly Launched[],
): ReadonlyMap<string, string> {
  return new Map(
    targetGroups.flatMap((arn) => {
      const found = behind(arn, launched);
      return found === null ? [] : [[arn, found] as const];
    }),
  );
}

/**
 * Returns one fingerprint of the instances behind all of these target groups, or null if AWS does not show all of them.
 */
export function behindAll(targetGroups: readonly string[], launched: readonly Launched[]): string | null {
  const each = targetGroups.map((arn) => behind(arn, launched));
  if (each.length === 0 || each.includes(null)) return null;
  return fingerprint(each);
}
