import { ListServiceDeploymentsCommand, type ECSClient } from '@aws-sdk/client-ecs';
import { isNamed } from '../../../src/aws/errors.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { DeploymentLine, Ecs, Service } from './ecs.ts';
import type { ServiceName } from '../../../src/targets/kinds/ecs/target.ts';
import { toLine } from './from-aws.ts';

/** The limit of one page of ListServiceDeployments. */
const PAGE = 100;

/**
 * Lists all pages, newest first. ECS documents no order, so only the whole list shows the newest. A service that is
 * deployed once a day fits on one page.
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
    } while (page.nextToken !== undefined);
  } catch (error) {
    // A missing service has no deployments; `service` shows whether it exists.
    if (isNamed(error, 'ServiceNotFoundException', 'ClusterNotFoundException')) return [];
    throw error;
  }
  return newestFirst(lines);
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

export function newestFirst<T extends { readonly createdAt: Instant }>(lines: readonly T[]): readonly T[] {
  return lines.toSorted((one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt));
}
