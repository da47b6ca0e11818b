import {
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { EvidenceSource } from './source.ts';

type Client = Pick<ElasticLoadBalancingV2Client, 'send'>;

/**
 * Reads why targets that the way back replaces were not healthy, from the load balancer.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export function targetReasons(client: Client): EvidenceSource {
  return {
    name: 'target health',
    async read({ plan }, abortSignal) {
      const replaced = plan.watch.targetGroups.filter(({ stays }) => stays !== true);
      const lines = await Promise.all(replaced.map(({ arn }) => linesOf(client, arn, abortSignal)));
      const all = lines.flat();
      return { lines: all, traces: { unhealthy: all.filter((line) => / unhealthy\b/.test(line)) } };
    },
  };
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
