import { describe, expect, it } from 'vitest';
import { scenarios } from '../../local/scenarios/all.ts';
import { play } from '../../local/scenarios/play.ts';
import { quotaNamed } from '../../src/quotas/quotas.ts';
import { readsOf as readsOfKind } from '../../src/targets/target.ts';
import { readsOf, written, type ReadsByState } from './reads-of.ts';

/**
 * The reads of a rollback by state and bucket, in the situations of each kind: what other tools of the account share
 * with Lastgood. A number that grows here is a decision.
 */
const READS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'elb-blue-green': {
    Plan: 'autoscaling read 1, elasticloadbalancing/read 2, tagging GetResources 1',
    Judge: 'monitoring/DescribeAlarmHistory 1, monitoring/DescribeAlarms 1, monitoring/GetMetricData 2',
    Revert: 'autoscaling read 2, elasticloadbalancing/read 2, ssm-reads 1',
    Evidence:
      'cloudtrail LookupEvents 2, elasticloadbalancing/read 1, monitoring/DescribeAlarmContributors 1, monitoring/DescribeAlarmHistory 1',
    Settle: 'autoscaling read 1, elasticloadbalancing/read 1',
    FirstLook: 'elasticloadbalancing/read 2, monitoring/DescribeAlarms 1, monitoring/GetMetricData 1',
    Look: 'autoscaling read 1, elasticloadbalancing/read 2, monitoring/DescribeAlarms 1, monitoring/GetMetricData 1',
  },
  'elb-canary': {
    Plan: 'autoscaling read 1, elasticloadbalancing/read 2, tagging GetResources 1',
    Judge: 'monitoring/DescribeAlarmHistory 1, monitoring/DescribeAlarms 1, monitoring/GetMetricData 2',
    Revert: 'autoscaling read 2, elasticloadbalancing/read 2, ssm-reads 1',
    Evidence:
      'cloudtrail LookupEvents 2, elasticloadbalancing/read 1, monitoring/DescribeAlarmContributors 1, monitoring/DescribeAlarmHistory 1',
    Settle: 'autoscaling read 1, elasticloadbalancing/read 2',
    FirstLook: 'elasticloadbalancing/read 3, monitoring/DescribeAlarms 1, monitoring/GetMetricData 1',
    Look: 'autoscaling read 1, elasticloadbalancing/read 2, monitoring/DescribeAlarms 1, monitoring/GetMetricData 1',
  },
  'elb-blue-too-small': {
    Plan: 'autoscaling read 1, elasticloadbalancing/read 2, tagging GetResources 1',
    Judge: 'monitoring/DescribeAlarmHistory 1, monitoring/DescribeAlarms 1, monitoring/GetMetricData 2',
    Revert: 'autoscaling read 3, elasticloadbalancing/read 2, ssm-reads 1',
    Evidence:
      'cloudtrail LookupEvents 2, elasticloadbalancing/read 1, monitoring/DescribeAlarmContributors 1, monitoring/DescribeAlarmHistory 1',
    Settle: 'autoscaling read 1, elasticloadbalancing/read 2',
    FirstLook: 'elasticloadbalancing/read 2, monitoring/DescribeAlarms 1, monitoring/GetMetricData 1',
    Look: 'autoscaling read 1, elasticloadbalancing/read 2, monitoring/DescribeAlarms 1, monitoring/GetMetricData 1',
  },
  'elb-older-release-still-behind': {
    Plan: 'autoscaling read 1, elasticloadbalancing/read 2, tagging GetResources 1',
    Judge: 'monitoring/DescribeAlarmHistory 1, monitoring/DescribeAlarms 1, monitoring/GetMetricData 2',
    Revert: 'autoscaling read 2, elasticloadbalancing/read 2, ssm-reads 1',
    Evidence:
      'cloudtrail LookupEvents 2, elasticloadbalancing/read 1, monitoring/DescribeAlarmContributors 1, monitoring/DescribeAlarmHistory 1',
    Settle: 'autoscaling read 1, elasticloadbalancing/read 1',
    FirstLook: 'elasticloadbalancing/read 2, monitoring/DescribeAlarms 1, monitoring/GetMetricData 1',
    Look: 'autoscaling read 1, elasticloadbalancing/read 2, monitoring/DescribeAlarms 1, monitoring/GetMetricData 1',
  },
  'elb-unattached': {
    Plan: 'autoscaling read 1, elasticloadbalancing/read 3, tagging GetResources 1',
    Judge: 'monitoring/DescribeAlarmHistory 1, monitoring/DescribeAlarms 1, monitoring/GetMetricData 2',
  },
  'route53-cutover': {
    Plan: 'route53 1, tagging GetResources 1',
    Judge: 'monitoring/DescribeAlarmHistory 1, monitoring/DescribeAlarms 1',
    // The records, the consent of the zone, which no condition of IAM protects, and of a health check its configuration
    // and its checkers. A person may have changed any of them since the plan.
    Revert: 'route53 4, ssm-reads 1',
    Evidence:
      'cloudtrail LookupEvents 1, monitoring/DescribeAlarmContributors 1, monitoring/DescribeAlarmHistory 1',
    Settle: 'route53 2',
    FirstLook: 'monitoring/DescribeAlarms 1, route53 2',
    Look: 'monitoring/DescribeAlarms 1, route53 1',
  },
  'route53-canary': {
    Plan: 'route53 1, tagging GetResources 1',
    Judge: 'monitoring/DescribeAlarmHistory 1, monitoring/DescribeAlarms 1',
    Revert: 'route53 2, ssm-reads 1',
    Evidence:
      'cloudtrail LookupEvents 1, monitoring/DescribeAlarmContributors 1, monitoring/DescribeAlarmHistory 1',
    Settle: 'route53 2',
    FirstLook: 'monitoring/DescribeAlarms 1, route53 2',
    Look: 'monitoring/DescribeAlarms 1, route53 1',
  },
  'route53-same-release-behind': {
    // The list of load balancers, and of each record's one its target groups and their health: no call takes several. What
    // runs behind them is compared with what was proven.
    Plan: 'autoscaling read 2, elasticloadbalancing/read 5, route53 1, tagging GetResources 1',
    Judge: 'monitoring/DescribeAlarmHistory 1, monitoring/DescribeAlarms 1, monitoring/GetMetricData 2',
    // The same of the side that is to answer.
    Revert: 'autoscaling read 2, elasticloadbalancing/read 2, route53 2, ssm-reads 1',
    Evidence:
      'cloudtrail LookupEvents 1, elasticloadbalancing/read 1, monitoring/DescribeAlarmContributors 1, monitoring/DescribeAlarmHistory 1',
    Settle: 'route53 2',
    FirstLook:
      'elasticloadbalancing/read 2, monitoring/DescribeAlarms 1, monitoring/GetMetricData 1, route53 2',
    Look: 'elasticloadbalancing/read 1, monitoring/DescribeAlarms 1, monitoring/GetMetricData 1, route53 1',
  },
  'route53-taken-out': {
    Plan: 'route53 1, tagging GetResources 1',
    Judge: 'monitoring/DescribeAlarmHistory 1, monitoring/DescribeAlarms 1',
    Revert: 'route53 3, ssm-reads 1',
  },
  'lambda-canary-in-flight': {
    // The alias, the version that it introduces, and the reserved concurrency: with 0 no version serves users.
    Plan: 'codedeploy read 1, lambda control plane 3, tagging GetResources 1',
    Judge: 'monitoring/DescribeAlarmHistory 1, monitoring/DescribeAlarms 1, monitoring/GetMetricData 2',
    Revert: 'lambda control plane 1, ssm-reads 1',
    Evidence:
      'cloudtrail LookupEvents 2, lambda control plane 1, monitoring/DescribeAlarmContributors 1, monitoring/DescribeAlarmHistory 1',
    Settle: 'lambda control plane 2',
    FirstLook: 'lambda control plane 2, monitoring/DescribeAlarms 1',
    Look: 'lambda control plane 1, monitoring/DescribeAlarms 1',
  },
  'lambda-errors-after-completion': {
    Plan: 'lambda control plane 3, tagging GetResources 1',
    Judge: 'monitoring/DescribeAlarmHistory 1, monitoring/DescribeAlarms 1, monitoring/GetMetricData 2',
    Revert: 'lambda control plane 1, ssm-reads 1',
    Evidence:
      'cloudtrail LookupEvents 2, lambda control plane 1, monitoring/DescribeAlarmContributors 1, monitoring/DescribeAlarmHistory 1',
    Settle: 'lambda control plane 2',
    FirstLook: 'lambda control plane 2, monitoring/DescribeAlarms 1',
    Look: 'lambda control plane 1, monitoring/DescribeAlarms 1',
  },
  'lambda-provisioned-concurrency': {
    Plan: 'lambda control plane 3, tagging GetResources 1',
    Judge: 'monitoring/DescribeAlarmHistory 1, monitoring/DescribeAlarms 1, monitoring/GetMetricData 2',
    Revert: 'lambda control plane 1, ssm-reads 1',
    Evidence:
      'cloudtrail LookupEvents 2, lambda control plane 1, monitoring/DescribeAlarmContributors 1, monitoring/DescribeAlarmHistory 1',
    Settle: 'lambda control plane 2',
    FirstLook: 'lambda control plane 2, monitoring/DescribeAlarms 1',
    Look: 'lambda control plane 1, monitoring/DescribeAlarms 1',
  },
  'lambda-not-the-one-before': {
    Plan: 'lambda control plane 3, tagging GetResources 1',
    Judge: 'monitoring/DescribeAlarmHistory 1, monitoring/DescribeAlarms 1, monitoring/GetMetricData 2',
    Revert: 'lambda control plane 1, ssm-reads 1',
    Evidence:
      'cloudtrail LookupEvents 2, lambda control plane 1, monitoring/DescribeAlarmContributors 1, monitoring/DescribeAlarmHistory 1',
    Settle: 'lambda control plane 2',
    FirstLook: 'lambda control plane 2, monitoring/DescribeAlarms 1',
    Look: 'lambda control plane 1, monitoring/DescribeAlarms 1',
  },
  'asg-errors-in-flight': {
    Plan: 'autoscaling read 2, ec2 DescribeImages 2, ec2 DescribeInstances 1, ec2 DescribeLaunchTemplateVersions 1, elasticloadbalancing/read 1',
    Judge: 'monitoring/DescribeAlarmHistory 1, monitoring/DescribeAlarms 1, monitoring/GetMetricData 2',
    Stop: 'autoscaling read 1, ssm-reads 1',
    Revert: 'autoscaling read 1, ssm-reads 1',
    Evidence:
      'autoscaling read 3, cloudtrail LookupEvents 2, elasticloadbalancing/read 1, monitoring/DescribeAlarmContributors 1, monitoring/DescribeAlarmHistory 1',
    // Two APIs: only the refresh says how far it is, and only the group what its instances run.
    Settle: 'autoscaling read 3',
    FirstLook:
      'autoscaling read 2, elasticloadbalancing/read 2, monitoring/DescribeAlarms 1, monitoring/GetMetricData 1',
    Look: 'autoscaling read 2, elasticloadbalancing/read 1, monitoring/DescribeAlarms 1, monitoring/GetMetricData 1',
  },
  'asg-errors-after-completion': {
    Plan: 'autoscaling read 2, ec2 DescribeImages 2, ec2 DescribeInstances 1, ec2 DescribeLaunchTemplateVersions 1, elasticloadbalancing/read 1',
    Judge: 'monitoring/DescribeAlarmHistory 1, monitoring/DescribeAlarms 1, monitoring/GetMetricData 2',
    // Two APIs: a refresh in flight does not show on the group, nor a version put on the group on a refresh. Revert leaves
    // both to the person who made them.
    Revert: 'autoscaling read 2, ssm-reads 1',
    Evidence:
      'autoscaling read 3, cloudtrail LookupEvents 2, elasticloadbalancing/read 1, monitoring/DescribeAlarmContributors 1, monitoring/DescribeAlarmHistory 1',
    Settle: 'autoscaling read 3',
    FirstLook:
      'autoscaling read 2, elasticloadbalancing/read 2, monitoring/DescribeAlarms 1, monitoring/GetMetricData 1',
    Look: 'autoscaling read 2, elasticloadbalancing/read 1, monitoring/DescribeAlarms 1, monitoring/GetMetricData 1',
  },
  'asg-latest': {
    Plan: 'autoscaling read 2, ec2 DescribeImages 2, ec2 DescribeInstances 1, ec2 DescribeLaunchTemplateVersions 2, elasticloadbalancing/read 1',
    Judge: 'monitoring/DescribeAlarmHistory 1, monitoring/DescribeAlarms 1, monitoring/GetMetricData 2',
    Stop: 'autoscaling read 1, ssm-reads 1',
    Revert: 'autoscaling read 2, ssm-reads 1',
    Evidence:
      'autoscaling read 3, cloudtrail LookupEvents 2, elasticloadbalancing/read 1, monitoring/DescribeAlarmContributors 1, monitoring/DescribeAlarmHistory 1',
    Settle: 'autoscaling read 3',
    FirstLook:
      'autoscaling read 2, elasticloadbalancing/read 2, monitoring/DescribeAlarms 1, monitoring/GetMetricData 1',
    Look: 'autoscaling read 2, elasticloadbalancing/read 1, monitoring/DescribeAlarms 1, monitoring/GetMetricData 1',
  },
  'asg-parameter-set-back': {
    Plan: 'autoscaling read 2, ec2 DescribeImages 1, ec2 DescribeInstances 1, ec2 DescribeLaunchTemplateVersions 2, elasticloadbalancing/read 1',
    Revert: 'autoscaling read 2, ssm-reads 1',
    Evidence: 'autoscaling read 3, cloudtrail LookupEvents 2, elasticloadbalancing/read 1',
    Settle: 'autoscaling read 3',
    FirstLook: 'autoscaling read 2, elasticloadbalancing/read 2, monitoring/GetMetricData 1',
    Look: 'autoscaling read 2, elasticloadbalancing/read 1, monitoring/DescribeAlarms 1, monitoring/GetMetricData 1',
  },
  'asg-joins-auto-rollback': {
    Plan: 'autoscaling read 2, ec2 DescribeImages 2, ec2 DescribeInstances 1, ec2 DescribeLaunchTemplateVersions 1, elasticloadbalancing/read 1',
    Stop: 'autoscaling read 1, ssm-reads 1',
    Revert: 'autoscaling read 1, ssm-reads 1',
    Evidence:
      'autoscaling read 3, cloudtrail LookupEvents 2, elasticloadbalancing/read 1, monitoring/DescribeAlarmContributors 1, monitoring/DescribeAlarmHistory 2',
    Settle: 'autoscaling read 3',
    FirstLook:
      'autoscaling read 2, elasticloadbalancing/read 2, monitoring/DescribeAlarms 1, monitoring/GetMetricData 1',
    Look: 'autoscaling read 2, elasticloadbalancing/read 1, monitoring/DescribeAlarms 1, monitoring/GetMetricData 1',
  },
  'codedeploy-errors-in-flight': {
    // The group, its tags, the ids of its deployments, and those. CodeDeploy's own tags are never late, and no condition of
    // IAM protects a deployment from StopDeployment.
    Plan: 'codedeploy read 4, elasticloadbalancing/read 1, s3 1',
    Judge: 'monitoring/DescribeAlarmHistory 1, monitoring/DescribeAlarms 1, monitoring/GetMetricData 2',
    Stop: 'codedeploy read 1, ssm-reads 1',
    // The ids of what was deployed since, and those with the one at fault: a list has only ids. So have Settle and Look.
    Revert: 'codedeploy read 2, ssm-reads 1',
    Evidence:
      'cloudtrail LookupEvents 2, elasticloadbalancing/read 1, monitoring/DescribeAlarmContributors 1, monitoring/DescribeAlarmHistory 1',
    Settle: 'codedeploy read 2',
    FirstLook:
      'codedeploy read 2, elasticloadbalancing/read 2, monitoring/DescribeAlarms 1, monitoring/GetMetricData 1',
    Look: 'codedeploy read 2, elasticloadbalancing/read 1, monitoring/DescribeAlarms 1, monitoring/GetMetricData 1',
  },
  'codedeploy-errors-after-completion': {
    Plan: 'codedeploy read 4, elasticloadbalancing/read 1, s3 1',
    Judge: 'monitoring/DescribeAlarmHistory 1, monitoring/DescribeAlarms 1, monitoring/GetMetricData 2',
    Revert: 'codedeploy read 2, ssm-reads 1',
    Evidence:
      'cloudtrail LookupEvents 2, elasticloadbalancing/read 1, monitoring/DescribeAlarmContributors 1, monitoring/DescribeAlarmHistory 1',
    Settle: 'codedeploy read 2',
    FirstLook:
      'codedeploy read 2, elasticloadbalancing/read 2, monitoring/DescribeAlarms 1, monitoring/GetMetricData 1',
    Look: 'codedeploy read 2, elasticloadbalancing/read 1, monitoring/DescribeAlarms 1, monitoring/GetMetricData 1',
  },
  'codedeploy-native-rollback': {
    Plan: 'codedeploy read 4, elasticloadbalancing/read 1, s3 1',
    Stop: 'codedeploy read 1, ssm-reads 1',
    Revert: 'codedeploy read 2, ssm-reads 1',
    Evidence: 'cloudtrail LookupEvents 2, elasticloadbalancing/read 1',
    Settle: 'codedeploy read 2',
    FirstLook: 'codedeploy read 2, elasticloadbalancing/read 2, monitoring/GetMetricData 1',
    Look: 'codedeploy read 2, elasticloadbalancing/read 1, monitoring/GetMetricData 1',
  },
  'codedeploy-blue-green-after-completion': {
    // Also the instances of the replacement environment: the overview of a deployment counts both environments.
    Plan: 'codedeploy read 5, elasticloadbalancing/read 1, s3 1',
    Judge: 'monitoring/DescribeAlarmHistory 1, monitoring/DescribeAlarms 1, monitoring/GetMetricData 2',
    Revert: 'codedeploy read 2, ssm-reads 1',
    Evidence:
      'cloudtrail LookupEvents 2, elasticloadbalancing/read 1, monitoring/DescribeAlarmContributors 1, monitoring/DescribeAlarmHistory 1',
    Settle: 'codedeploy read 2',
    FirstLook:
      'codedeploy read 2, elasticloadbalancing/read 2, monitoring/DescribeAlarms 1, monitoring/GetMetricData 1',
    Look: 'codedeploy read 2, elasticloadbalancing/read 1, monitoring/DescribeAlarms 1, monitoring/GetMetricData 1',
  },
  'codedeploy-lambda-canary': {
    // Also the AppSpecs of the deployments, without which the versions that they deployed are unknown.
    Plan: 'codedeploy read 5, lambda control plane 1',
    Judge: 'monitoring/DescribeAlarmHistory 1, monitoring/DescribeAlarms 1, monitoring/GetMetricData 2',
    Stop: 'codedeploy read 1, ssm-reads 1',
    Revert: 'codedeploy read 2, ssm-reads 1',
    Evidence:
      'cloudtrail LookupEvents 2, monitoring/DescribeAlarmContributors 1, monitoring/DescribeAlarmHistory 1',
    // Also the AppSpec of CodeDeploy's own rollback, once: whether it went back to the wanted version. Each look reads the
    // alias.
    Settle: 'codedeploy read 3, lambda control plane 1',
    FirstLook: 'codedeploy read 3, lambda control plane 1, monitoring/DescribeAlarms 1',
    Look: 'codedeploy read 2, lambda control plane 1, monitoring/DescribeAlarms 1',
  },
  'codedeploy-lambda-after-completion': {
    Plan: 'codedeploy read 5, lambda control plane 1',
    Judge: 'monitoring/DescribeAlarmHistory 1, monitoring/DescribeAlarms 1, monitoring/GetMetricData 2',
    Revert: 'codedeploy read 2, ssm-reads 1',
    Evidence:
      'cloudtrail LookupEvents 2, monitoring/DescribeAlarmContributors 1, monitoring/DescribeAlarmHistory 1',
    Settle: 'codedeploy read 2, lambda control plane 1',
    FirstLook: 'codedeploy read 2, lambda control plane 1, monitoring/DescribeAlarms 1',
    Look: 'codedeploy read 2, lambda control plane 1, monitoring/DescribeAlarms 1',
  },
};

async function playedReads(name: string): Promise<ReadsByState> {
  const scenario = scenarios.find((one) => one.name === name);
  if (scenario === undefined) throw new Error(`no scenario is named ${name}`);
  let reads: ReadsByState = {};
  const { problems } = await play(scenario, {
    seed: 1,
    fast: true,
    onEnd: (stage) => {
      reads = readsOf(scenario, stage);
    },
  });
  expect(problems).toEqual([]);
  return reads;
}

/** The buckets that a target behind others reads, too. Its kind reserves only what every target of it reads. */
const BEHIND = ['elasticloadbalancing/read', 'autoscaling read'];

/** Returns what Plan, Stop and Revert read of a bucket beyond what Claim reserves for the kind, one line each. */
function unreserved(name: string, { Plan = {}, Stop = {}, Revert = {} }: ReadsByState): readonly string[] {
  const [kind = ''] = name.split('-');
  const { plan, revert } = readsOfKind(kind);
  const reserved = new Map<string, number>();
  for (const { quota, calls } of [...plan, ...revert])
    reserved.set(quota, (reserved.get(quota) ?? 0) + calls);
  const buckets = [...new Set([Plan, Stop, Revert].flatMap((reads) => Object.keys(reads)))];
  return buckets.flatMap((bucket) => {
    const quota = bucket.replace('elasticloadbalancing/', 'elb ');
    const calls = [Plan, Stop, Revert].reduce((sum, reads) => sum + (reads[bucket] ?? 0), 0);
    const left = calls - (reserved.get(quota) ?? 0);
    const isBehind = kind === 'route53' && BEHIND.includes(bucket);
    return quotaNamed(quota) === null || isBehind || left <= SLACK ? [] : [`${bucket}: ${left} more`];
  });
}

/** What single situations read beyond the usual. */
const SLACK = 4;

describe('the reads of a rollback', () => {
  it.each(Object.entries(READS))('%s', async (name, reads) => {
    const played = await playedReads(name);
    expect(written(played)).toEqual(reads);
    expect(unreserved(name, played)).toEqual([]);
  });
});
