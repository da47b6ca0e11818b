import {
  DescribeAutoScalingGroupsCommand,
  DescribeInstanceRefreshesCommand,
  type AutoScalingClient,
  type AutoScalingGroup,
  type InstanceRefresh,
} from '@aws-sdk/client-auto-scaling';
import {
  DescribeImagesCommand,
  DescribeLaunchTemplateVersionsCommand,
  type EC2Client,
  type ResponseLaunchTemplateData,
} from '@aws-sdk/client-ec2';
import type { LaunchTemplateRef } from '../../../../src/targets/kinds/asg/launch-template.ts';

/** The settings of a group, as only a check of readiness reads them. */
export interface Setup {
  readonly arn: string;
  /** Ids of the subnets in which it launches; empty: it names zones. */
  readonly subnets: readonly string[];
  /** `$Latest` or `$Default`; null: it names a numbered version. */
  readonly follows: string | null;
  /** The checks that replace instances: `EC2`, `ELB` … */
  readonly checks: readonly string[];
  readonly graceSeconds: number;
  readonly suspended: readonly string[];
}

/** How the newest instance refresh went, besides those of ways back. */
export interface RefreshHabit {
  readonly minHealthyPercent: number;
  /** It replaced root volumes, which always takes instances out of service. */
  readonly replacesRoots: boolean;
  readonly rollsBack: boolean;
  readonly alarms: readonly string[];
}

/** Amazon EC2 Auto Scaling and Amazon EC2, for a check of readiness. All calls only read. */
export interface Settings {
  /** Null: there is no such group. */
  setup(group: string): Promise<Setup | null>;
  /** Null: no refresh is known that is not among these. */
  habit(group: string, waysBack: readonly string[]): Promise<RefreshHabit | null>;
  /** Returns the state of an image, also of a disabled one: `available`, `disabled` … Null: it is gone. */
  imageState(id: string): Promise<string | null>;
  /** Returns what a version launches. Null: there is no such version. */
  launches(choice: LaunchTemplateRef): Promise<ResponseLaunchTemplateData | null>;
}

export function createSettings(autoscaling: AutoScalingClient, ec2: EC2Client): Settings {
  return {
    setup: async (name) => {
      const command = new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] });
      const [group] = (await autoscaling.send(command)).AutoScalingGroups ?? [];
      return group === undefined ? null : toSetup(group);
    },
    habit: async (name, waysBack) => {
      const command = new DescribeInstanceRefreshesCommand({ AutoScalingGroupName: name });
      const { InstanceRefreshes = [] } = await autoscaling.send(command);
      const own = InstanceRefreshes.find(
        ({ InstanceRefreshId = '' }) => !waysBack.includes(InstanceRefreshId),
      );
      return own === undefined ? null : toHabit(own);
    },
    imageState: (id) =>
      unlessGone(async () => {
        const command = new DescribeImagesCommand({ ImageIds: [id], IncludeDisabled: true });
        return (await ec2.send(command)).Images?.[0]?.State ?? null;
      }),
    launches: ({ template, version }) =>
      unlessGone(async () => {
        const input = { LaunchTemplateId: template, Versions: [version] };
        const { LaunchTemplateVersions = [] } = await ec2.send(
          new DescribeLaunchTemplateVersionsCommand(input),
        );
        return LaunchTemplateVersions[0]?.LaunchTemplateData ?? null;
      }),
  };
}

function toSetup(group: AutoScalingGroup): Setup {
  const { LaunchTemplate, MixedInstancesPolicy, HealthCheckType = '' } = group;
  const launch = MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification ?? LaunchTemplate;
  const version = launch?.Version ?? '$Default';
  return {
    arn: group.AutoScalingGroupARN ?? '',
    subnets: (group.VPCZoneIdentifier ?? '').split(',').filter((id) => id !== ''),
    follows: version.startsWith('$') ? version : null,
    checks: HealthCheckType.split(','),
    graceSeconds: group.HealthCheckGracePeriod ?? 0,
    suspended: (group.SuspendedProcesses ?? []).flatMap(({ ProcessName }) => ProcessName ?? []),
  };
}

/** AWS answers with the defaults that hold. Without one, that of API_RefreshPreferences. */
function toHabit({ Strategy, Preferences = {} }: InstanceRefresh): RefreshHabit {
  const { MinHealthyPercentage: min = 90, AutoRollback, AlarmSpecification } = Preferences;
  return {
    minHealthyPercent: min,
    replacesRoots: Strategy === 'ReplaceRootVolume',
    rollsBack: AutoRollback === true,
    alarms: AlarmSpecification?.Alarms ?? [],
  };
}

/** Returns null where EC2 answers that the resource does not exist (see ../ec2.ts). */
async function unlessGone<Answer>(ask: () => Promise<Answer | null>): Promise<Answer | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && /^Invalid(AMIID|LaunchTemplate)/.test(error.name)) return null;
    throw error;
  }
}
