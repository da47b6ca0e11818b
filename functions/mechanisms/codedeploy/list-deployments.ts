import {
  BatchGetDeploymentsCommand,
  paginateListDeployments,
  type CodeDeployClient,
} from '@aws-sdk/client-codedeploy';
import { inBatches } from '../../../src/aws/batches.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { Deployment, Group } from './codedeploy.ts';
import { toDeployment } from './from-aws.ts';

/** The limit of one BatchGetDeployments. */
const BATCH = 25;

/** Limits the deployments of a group that are read without a time. */
const MAX_DEPLOYMENTS = 50;

/** Creators of deployments for instances that start or lag behind, which deploy no new revision. */
const UPKEEP = ['autoscaling', 'autoscalingTermination', 'CodeDeployAutoUpdate'];

/**
 * Lists deployments. ListDeployments returns ids and documents no order; in practice the newest come first. The group
 * names its last deployments, so they are never missed.
 * https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ListDeployments.html
 */
export async function listDeployments(
  client: CodeDeployClient,
  group: Group,
  createdAfter?: Instant,
): Promise<readonly Deployment[]> {
  const ids = await idsOf(client, group, createdAfter);
  const last = [group.lastAttempted, group.lastSuccessful].flatMap((one) => one?.id ?? []);
  const wanted = [...new Set([...last, ...ids])];
  const found = await Promise.all(inBatches(wanted, BATCH).map((batch) => read(client, batch)));
  return found
    .flat()
    .filter(({ creator }) => !UPKEEP.includes(creator))
    .toSorted((one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt));
}

async function idsOf(
  client: CodeDeployClient,
  { name }: Group,
  createdAfter?: Instant,
): Promise<readonly string[]> {
  const found: string[] = [];
  const input = {
    applicationName: name.application,
    deploymentGroupName: name.group,
    ...(createdAfter !== undefined && { createTimeRange: { start: new Date(createdAfter) } }),
  };
  for await (const { deployments = [] } of paginateListDeployments({ client }, input)) {
    found.push(...deployments);
    if (createdAfter === undefined && found.length >= MAX_DEPLOYMENTS) break;
  }
  return createdAfter === undefined ? found.slice(0, MAX_DEPLOYMENTS) : found;
}

async function read(client: CodeDeployClient, ids: readonly string[]): Promise<readonly Deployment[]> {
  const command = new BatchGetDeploymentsCommand({ deploymentIds: [...ids] });
  const { deploymentsInfo = [] } = await client.send(command);
  return deploymentsInfo.map(toDeployment);
}
