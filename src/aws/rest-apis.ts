import { GetRestApisCommand, type APIGatewayClient } from '@aws-sdk/client-api-gateway';

/** Names of REST APIs, by id. */
export type ApiNames = ReadonlyMap<string, string>;

/** The most that one call returns. https://docs.aws.amazon.com/apigateway/latest/api/API_GetRestApis.html */
const MAX_PER_PAGE = 500;

/** Reads the names of all REST APIs. Permission needed: apigateway:GET on /restapis. */
export async function readApiNames(client: Pick<APIGatewayClient, 'send'>): Promise<ApiNames> {
  const names = new Map<string, string>();
  let next: string | undefined;
  do {
    const page = { limit: MAX_PER_PAGE, ...(next !== undefined && { position: next }) };
    const { items = [], position } = await client.send(new GetRestApisCommand(page));
    for (const { id, name } of items) if (id !== undefined && name !== undefined) names.set(id, name);
    next = position;
  } while (next !== undefined && next !== '');
  return names;
}
