import { ListServiceDeploymentsCommand, type ECSClient } from '@aws-sdk/client-ecs';
import { isNamed } from '../../../src/aws/errors.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { DeploymentLine, Ecs, Service } from './ecs.ts';
import type { ServiceName } from '../../../src/targets/kinds/ecs/target.ts';
import { toLine } from './from-aws.ts';
import { newestFirst } from './newest-first.ts';

/** The limit of one page of ListServiceDeployments. */
const PAGE = 100;

/**
 * Lists deployments, newest first, at least the newest hundred. ECS documents no order. A full page that is in order of
 * time shows that ECS lists the newest first, so the rest is older and not read.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServiceDeployments.html
 */
export async function listDeployments(
  client: ECSClient,
  { cluster, service }: ServiceName,
  createdAfter?: Instant,
): Promise<readonly DeploymentLine[]> {
  const since = createdAfter === undefined ? {} : { createdAt: { after: new Date(createdAfter) } };
  const lines: DeploymentLine[] = [];
  let page: { nextToken?: string } = {};
  try {
    do {
      const input = { cluster, service, maxResults: PAGE, ...since, ...page };
      const { serviceDeployments = [], nextToken } = await client.send(
        new ListServiceDeploymentsCommand(input),
      );
      lines.push(...serviceDeployments.map(toLine));
      page = nextToken === undefined ? {} : { nextToken };
    } while (page.nextToken !== undefined && !isInOrder(lines));
  } catch (error) {
    // A missing service has no deployments; `service` shows whether it exists.
    if (isNamed(error, 'ServiceNotFoundException', 'ClusterNotFoundException')) return [];
    throw error;
  }
  return newestFirst(lines);
}

/** Says whether they are a full page or more, in order. */
function isInOrder(lines: readonly DeploymentLine[]): boolean {
  if (lines.length < PAGE) return false;
  return lines.every(({ createdAt }, index) => {
    const before = lines[index - 1];
    return before === undefined || Date.parse(before.createdAt) > Date.parse(createdAt);
  });
}

/** Adds the service's current deployment, because the list is eventually consistent and may lack it. Newest first. */
export async function withCurrent(
  ecs: Pick<Ecs, 'deployment'>,
  lines: readonly DeploymentLine[],
  service: Pick<Service, 'currentDeployment'> | null,
): Promise<readonly DeploymentLine[]> {
  const current = service?.currentDeployment ?? null;
  if (current === null || lines.some(({ arn }) => arn === current)) return lines;
  const unlisted = await ecs.deployment(current);
  return unlisted === null ? lines : newestFirst([...lines, unlisted]);
}
