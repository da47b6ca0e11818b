import {
  DescribeScalableTargetsCommand,
  type ApplicationAutoScalingClient,
} from '@aws-sdk/client-application-auto-scaling';
import type { Service, ServiceDeployment, Task } from '@aws-sdk/client-ecs';
import type { Planned } from '../../../src/rollback/document.ts';
import type { Companion } from '../../../src/rollback/evidence.ts';
import { NOTHING, type EvidenceSource } from '../source.ts';
import { wentBackAt } from '../released-at.ts';
import { isAtFault, type EcsReads } from './reads.ts';

type Scaling = Pick<ApplicationAutoScalingClient, 'send'>;

interface Count {
  readonly before: number;
  readonly now: number;
}

/**
 * Reads whether the release lowered the desired count, and whether the scaling limits allow to put it back. No way back
 * changes either. Assumed: `requestedTaskCount` of a source revision is that of the moment at which the deployment began.
 * Unknown: source-requested-count.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceRevisionSummary.html
 */
export function counts(
  { stopped, deployments, service }: Pick<EcsReads, 'stopped' | 'deployments' | 'service'>,
  scaling: Scaling,
): EvidenceSource {
  return {
    name: 'desired count',
    kind: 'ecs',
    async read(rollback, signal) {
      const name = rollback.plan.watch.tasks;
      const [{ released }, described] = await Promise.all([
        deployments(rollback, signal),
        service(rollback, signal),
      ]);
      const count = countOf(released, described);
      if (name === undefined || count === null || count.now >= count.before) return NOTHING;
      const isLater = (await stopped(rollback, signal)).some((task) => wasScaledIn(task, rollback));
      const resource = `service/${name.cluster}/${name.service}`;
      const max = await maximumOf(scaling, resource, signal);
      return {
        lines: [`${count.before} → ${count.now}${max === null ? '' : `; scaling allows at most ${max}`}`],
        traces: { count: isLater ? null : count },
        companions: companionsOf({ ...count, isLater }, name, resource, max),
      };
    },
  };
}

/**
 * Returns the count before the release and now; null: ECS does not show it. ECS sets the count of a revision that it goes
 * back from to zero, so the present one is that of the service.
 */
function countOf(released: ServiceDeployment | undefined, service: Service | null): Count | null {
  const { sourceServiceRevisions: sources = [] } = released ?? {};
  const [before = 0, another = 0] = sources
    .map((one) => one.requestedTaskCount ?? 0)
    .filter((count) => count > 0);
  const now = service?.desiredCount;
  // A rollout that was in flight has tasks of two revisions, together more than were desired.
  return before === 0 || another > 0 || now === undefined ? null : { before, now };
}

/**
 * Says whether ECS scaled in a task of the revision at fault before the way back began. A release that brought the lower
 * count never had more tasks: then an operator or a policy lowered it later.
 */
function wasScaledIn(task: Task, rollback: Planned): boolean {
  const { stoppedReason = '', stoppingAt } = task;
  const until = Date.parse(wentBackAt(rollback));
  return (
    isAtFault(task, rollback) &&
    stoppedReason.startsWith('Scaling activity initiated') &&
    (stoppingAt?.getTime() ?? Infinity) < until
  );
}

/** Returns the maximum of Application Auto Scaling; null: it does not scale the service. */
async function maximumOf(
  scaling: Scaling,
  resource: string,
  abortSignal: AbortSignal,
): Promise<number | null> {
  const command = new DescribeScalableTargetsCommand({
    ServiceNamespace: 'ecs',
    ResourceIds: [resource],
    ScalableDimension: 'ecs:service:DesiredCount',
  });
  const { ScalableTargets: [found] = [] } = await scaling.send(command, { abortSignal });
  return found?.MaxCapacity ?? null;
}

function companionsOf(
  { before, now, isLater }: Count & { readonly isLater: boolean },
  { cluster, service }: { readonly cluster: string; readonly service: string },
  resource: string,
  max: number | null,
): readonly Companion[] {
  const count: Companion = {
    of: 'desired-count',
    says: isLater
      ? `The desired count was lowered from ${before} to ${now} after the release had come up.`
      : `The release lowered the desired count from ${before} to ${now}.`,
    command: `aws ecs update-service --cluster ${cluster} --service ${service} --desired-count ${before}`,
  };
  if (max === null || max >= before) return [count];
  const limit: Companion = {
    of: 'scaling-limits',
    says: `Scaling allows at most ${max} tasks, and ${before} ran before the release.`,
    command: `aws application-autoscaling register-scalable-target --service-namespace ecs --resource-id ${resource} --scalable-dimension ecs:service:DesiredCount --max-capacity ${before}`,
  };
  return [limit, count];
}
