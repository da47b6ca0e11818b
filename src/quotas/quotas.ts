/**
 * A token bucket of AWS: `burst` calls at once, refilled at `perSecond`. All callers of an account and Region share it,
 * the owner's own deployments included.
 */
export interface Quota {
  readonly name: QuotaName;
  readonly burst: number;
  readonly perSecond: number;
}

type Bucket = readonly [burst: number, perSecond: number];

/**
 * The default quotas of the calls that Lastgood makes. Where a page names a rate and no burst, the burst is that of one
 * second.
 *
 * - ecs: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html
 * - elb: https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-throttling.html
 * - cloudwatch: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
 * - lambda: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 * - route53: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html
 * - autoscaling and codedeploy: AWS publishes no figures. Unknown: autoscaling-request-rates, codedeploy-request-rates.
 */
const BUCKETS = {
  'ecs service modify': [50, 5],
  'ecs service read': [100, 20],
  'ecs service deployment read': [50, 20],
  'ecs service revision read': [50, 20],
  'ecs task definition read': [50, 20],
  'ecs cluster resource read': [100, 20],
  'elb read': [40, 10],
  'elb write': [20, 3],
  'cloudwatch DescribeAlarms': [9, 9],
  'cloudwatch DescribeAlarmHistory': [20, 20],
  'lambda control plane': [15, 15],
  route53: [5, 5],
  'autoscaling read': [100, 20],
  'autoscaling modify': [50, 5],
  'codedeploy read': [100, 20],
  'codedeploy modify': [50, 5],
} as const satisfies Readonly<Record<string, Bucket>>;

export type QuotaName = keyof typeof BUCKETS;

export const QUOTAS: readonly Quota[] = Object.entries<Bucket>(BUCKETS).map(([name, [burst, perSecond]]) => ({
  name: name as QuotaName,
  burst,
  perSecond,
}));

/** Returns a quota by its name, or null for a name of another version of Lastgood. */
export function quotaNamed(name: string): Quota | null {
  return QUOTAS.find((quota) => quota.name === name) ?? null;
}

/** The part of a bucket of reads that rollbacks may reserve. */
const RESERVABLE = 9 / 10;

/** The same of a bucket that holds no more than it gets in a second: calls come a second or two after their turn. */
const RESERVABLE_OF_SMALL = 3 / 4;

/**
 * Returns a quota as rollbacks may reserve it. Some of a bucket of reads is left to the sweep and to the owner's own
 * calls: once a bucket is empty, every refused step repeats its reads, and most of what AWS then answers is read in vain.
 * Writes are Lastgood's alone, but for deployments, and a refused write is only made later.
 */
export function reservable(quota: Quota): Quota {
  const { name, burst, perSecond } = quota;
  if (name.endsWith(' modify') || name.endsWith(' write')) return quota;
  const part = burst > perSecond ? RESERVABLE : RESERVABLE_OF_SMALL;
  return { ...quota, perSecond: part * perSecond };
}

const READS = /^(?:BatchGet|Describe|Get|List)/;

const OF_ECS: Readonly<Record<string, QuotaName>> = {
  DescribeServices: 'ecs service read',
  ListServices: 'ecs service read',
  DescribeTaskSets: 'ecs service read',
  ListServiceDeployments: 'ecs service deployment read',
  DescribeServiceDeployments: 'ecs service deployment read',
  DescribeServiceRevisions: 'ecs service revision read',
  DescribeTaskDefinition: 'ecs task definition read',
  ListTaskDefinitions: 'ecs task definition read',
  DescribeTasks: 'ecs cluster resource read',
  ListTasks: 'ecs cluster resource read',
  UpdateService: 'ecs service modify',
  StopServiceDeployment: 'ecs service modify',
  ContinueServiceDeployment: 'ecs service modify',
  CreateTaskSet: 'ecs service modify',
  UpdateTaskSet: 'ecs service modify',
  UpdateServicePrimaryTaskSet: 'ecs service modify',
};

const OF_CLOUDWATCH: Readonly<Record<string, QuotaName>> = {
  DescribeAlarms: 'cloudwatch DescribeAlarms',
  DescribeAlarmHistory: 'cloudwatch DescribeAlarmHistory',
};

const OF_ELB: Readonly<Record<string, QuotaName>> = {
  ModifyListener: 'elb write',
  ModifyRule: 'elb write',
};

/**
 * Returns the quota of an operation, or null where Lastgood makes no such call or its quota is too large to matter.
 * @param service the name in the credential scope of the call: `ecs`, `monitoring`
 */
export function quotaOf(service: string, operation: string): QuotaName | null {
  switch (service) {
    case 'ecs':
      return OF_ECS[operation] ?? null;
    case 'elasticloadbalancing':
      return READS.test(operation) ? 'elb read' : (OF_ELB[operation] ?? null);
    case 'monitoring':
      return OF_CLOUDWATCH[operation] ?? null;
    case 'lambda':
      return operation === 'GetFunction' ? null : 'lambda control plane';
    case 'route53':
      return 'route53';
    case 'autoscaling':
      return READS.test(operation) ? 'autoscaling read' : 'autoscaling modify';
    case 'codedeploy':
      return READS.test(operation) ? 'codedeploy read' : 'codedeploy modify';
    default:
      return null;
  }
}
