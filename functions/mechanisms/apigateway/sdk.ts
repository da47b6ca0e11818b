import {
  GetDeploymentsCommand,
  GetStageCommand,
  GetStagesCommand,
  UpdateStageCommand,
  type APIGatewayClient,
} from '@aws-sdk/client-api-gateway';
import { isNamed } from '../../../src/aws/errors.ts';
import type { Deployment, Deployments, Gateway } from './gateway.ts';
import { toStage } from './from-aws.ts';

/** The most that one call returns. https://docs.aws.amazon.com/apigateway/latest/api/API_GetDeployments.html */
const MAX_PER_PAGE = 500;

/** Binds the calls to a client. */
export function createGateway(client: Pick<APIGatewayClient, 'send'>): Gateway {
  return {
    stage: ({ api, stage }) =>
      unlessMissing(async () =>
        toStage(await client.send(new GetStageCommand({ restApiId: api, stageName: stage }))),
      ),

    stages: (api) =>
      unlessMissing(async () => {
        const { item = [] } = await client.send(new GetStagesCommand({ restApiId: api }));
        return item.map(toStage);
      }),

    deployments: (api) => readDeployments(client, api),

    patch: async ({ api, stage }, changes) => {
      const input = { restApiId: api, stageName: stage, patchOperations: [...changes] };
      return toStage(await client.send(new UpdateStageCommand(input)));
    },
  };
}

async function readDeployments(
  client: Pick<APIGatewayClient, 'send'>,
  restApiId: string,
): Promise<Deployments> {
  const found = new Map<string, Deployment>();
  let next: string | undefined;
  do {
    const page = { limit: MAX_PER_PAGE, ...(next !== undefined && { position: next }) };
    const { items = [], position } = await client.send(new GetDeploymentsCommand({ restApiId, ...page }));
    for (const { id = '', createdDate = new Date(0), description = '' } of items)
      found.set(id, { createdAt: createdDate.toISOString(), description });
    next = position;
  } while (next !== undefined && next !== '');
  return found;
}

async function unlessMissing<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (isNamed(error, 'NotFoundException')) return null;
    throw error;
  }
}
