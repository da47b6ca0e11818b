import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { REGION } from '@lastgood/embedded-aws/world/aws.ts';
import { PIPELINE, type Stage } from '../stage.ts';

/** Returns an event for Lastgood's bus, as an entry of PutEvents. */
export function eventOf(source: string, detailType: string, detail: object): PutEventsRequestEntry {
  return {
    EventBusName: 'lastgood-prod',
    Source: source,
    DetailType: detailType,
    Detail: JSON.stringify(detail),
  };
}

/**
 * Puts events on the bus as the pipeline.
 * @throws the error of AWS, or Error when one of the events was refused
 */
export function putAsPipeline(stage: Stage, entries: readonly PutEventsRequestEntry[]): Promise<void> {
  return putAs(stage, PIPELINE.name, entries);
}

/**
 * Puts events on the bus as a role.
 * @throws the error of AWS, or Error when one of the events was refused
 */
export async function putAs(
  { runtime }: Stage,
  role: string,
  entries: readonly PutEventsRequestEntry[],
): Promise<void> {
  const credentials = runtime.wire.credentials(role);
  const client = new EventBridgeClient({ endpoint: runtime.wire.endpoint, region: REGION, credentials });
  try {
    const { FailedEntryCount } = await client.send(new PutEventsCommand({ Entries: [...entries] }));
    if (FailedEntryCount !== 0) throw new Error(`an event of ${role} was refused`);
  } finally {
    client.destroy();
  }
}

/**
 * Expects the bus's own policy to deny these events.
 * @throws Error when AWS accepts them, or refuses them for another reason
 */
export async function expectDenied(stage: Stage, entries: readonly PutEventsRequestEntry[]): Promise<void> {
  const answer = await putAsPipeline(stage, entries).then(
    () => 'accepted',
    (error: unknown) => String(error),
  );
  if (!/AccessDenied.*explicit deny in a resource-based policy/.test(answer))
    throw new Error(`${entries.map(({ Source }) => Source).join()} was not denied by the bus: ${answer}`);
}
