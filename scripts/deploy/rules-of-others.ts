import {
  EventBridgeServiceException,
  ListRulesCommand,
  type EventBridgeClient,
} from '@aws-sdk/client-eventbridge';

/**
 * Returns the rules on the bus of a stage that its stack does not have. A bus can be deleted only without rules:
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteEventBus.html
 */
export async function rulesOfOthers(
  client: Pick<EventBridgeClient, 'send'>,
  stage: string,
): Promise<readonly string[]> {
  const bus = `lastgood-${stage}`;
  const names: string[] = [];
  let next: string | undefined;
  do {
    const command = new ListRulesCommand({
      EventBusName: bus,
      ...(next !== undefined && { NextToken: next }),
    });
    const { Rules = [], NextToken } = await client.send(command).catch(orNone);
    names.push(...Rules.flatMap(({ Name }) => Name ?? []));
    next = NextToken;
  } while (next !== undefined);
  return names.filter((name) => !name.startsWith(`${bus}-`));
}

/** A first deployment that failed left no bus. */
function orNone(error: unknown): { readonly Rules: []; readonly NextToken?: undefined } {
  if (error instanceof EventBridgeServiceException && error.name === 'ResourceNotFoundException')
    return { Rules: [] };
  throw error;
}
