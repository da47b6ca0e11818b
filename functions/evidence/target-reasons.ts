import {
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Planned } from '../../src/rollback/document.ts';
import type { EvidenceSource } from './source.ts';

type Client = Pick<ElasticLoadBalancingV2Client, 'send'>;

/** Each costs a call of DescribeTargetHealth. */
const MAX_GROUPS = 5;

/**
 * Reads why targets were not healthy, from the load balancer: those that the way back replaces, and those that it takes
 * traffic from.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export function targetReasons(client: Client): EvidenceSource {
  return {
    name: 'target health',
    async read({ request, plan }, abortSignal) {
      const replaced = plan.watch.targetGroups.filter(({ stays }) => stays !== true).map(({ arn }) => arn);
      const groups = new Set([...replaced, ...losingTraffic(request.target, plan)]);
      const lines = await Promise.all(
        [...groups].slice(0, MAX_GROUPS).map((arn) => linesOf(client, arn, abortSignal)),
      );
      const all = lines.flat();
      return { lines: all, traces: { unhealthy: all.filter((line) => / unhealthy\b/.test(line)) } };
    },
  };
}

/** Returns the target groups of a rule or listener that the revision at fault brought, by the metrics of its side. */
function losingTraffic(target: string, { meters = [], suspect, from }: Planned['plan']): readonly string[] {
  if (!target.startsWith('elb:')) return [];
  const beside = target.slice('elb:'.length).split(':').slice(0, 5).join(':');
  return meters
    .filter(({ revision }) => revision === (suspect ?? from).id)
    .flatMap(({ dimensions: { TargetGroup } }) =>
      TargetGroup === undefined ? [] : [`${beside}:${TargetGroup}`],
    );
}

async function linesOf(
  client: Client,
  TargetGroupArn: string,
  abortSignal: AbortSignal,
): Promise<readonly string[]> {
  const { TargetHealthDescriptions = [] } = await client.send(
    new DescribeTargetHealthCommand({ TargetGroupArn }),
    {
      abortSignal,
    },
  );
  const name = TargetGroupArn.split('/')[1] ?? TargetGroupArn;
  return TargetHealthDescriptions.filter(isNotHealthy).map((target) => `${name}: ${line(target)}`);
}

function isNotHealthy({ TargetHealth }: TargetHealthDescription): boolean {
  return TargetHealth?.State !== 'healthy';
}

/** Returns `10.0.1.12:8080 unhealthy, Target.ResponseCodeMismatch: Health checks failed with these codes: [503]` */
function line({ Target, TargetHealth }: TargetHealthDescription): string {
  const { State = 'unknown', Reason, Description } = TargetHealth ?? {};
  const why = [Reason, Description].filter((part) => part !== undefined).join(': ');
  return `${Target?.Id ?? '?'}:${Target?.Port ?? '?'} ${State}${why === '' ? '' : `, ${why}`}`;
}
