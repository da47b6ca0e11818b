import { ListServiceDeploymentsCommand, type ECSClient } from '@aws-sdk/client-ecs';
import { isNamed } from '../../../src/aws/errors.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { DeploymentLine, Ecs, Service } from './ecs.ts';
import type { ServiceName } from '../../../src/targets/kinds/ecs/target.ts';
import { toLine } from './from-aws.ts';

/** The most that one page of ListServiceDeployments holds. */
const PAGE = 100;

/**
 * All pages, newest first. ECS documents no order, so the newest can only be told from the whole list; a service that is
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
    // A service that is not there has no deployments; whether it is there is told by `service`.
    if (isNamed(error, 'ServiceNotFoundException', 'ClusterNotFoundException')) return [];
    throw error;
  }
  return newestFirst(lines);
}

/** The list is eventually consistent: a deployment that the service names as current may not be on it yet. Newest first. */
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
