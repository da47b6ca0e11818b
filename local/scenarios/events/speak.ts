import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { REGION } from '@lastgood/embedded-aws/world/aws.ts';
import { PIPELINE, type Stage } from '../stage.ts';

/** An event for our bus, as an entry of PutEvents. */
export function eventOf(source: string, detailType: string, detail: object): PutEventsRequestEntry {
  return {
    EventBusName: 'lastgood-prod',
    Source: source,
    DetailType: detailType,
    Detail: JSON.stringify(detail),
  };
}

/** Puts events on the bus as the pipeline. @throws the error of AWS, or Error when one of the events was not taken */
export async function putAsPipeline(
  { runtime }: Stage,
  entries: readonly PutEventsRequestEntry[],
): Promise<void> {
  const credentials = runtime.wire.credentials(PIPELINE.name);
  const client = new EventBridgeClient({ endpoint: runtime.wire.endpoint, region: REGION, credentials });
  try {
    const { FailedEntryCount } = await client.send(new PutEventsCommand({ Entries: [...entries] }));
    if (FailedEntryCount !== 0) throw new Error('an event of the pipeline was not taken');
  } finally {
    client.destroy();
  }
}

/** @throws Error when AWS takes them, or refuses them for any other reason than a Deny of the bus's own policy */
export async function expectDenied(stage: Stage, entries: readonly PutEventsRequestEntry[]): Promise<void> {
  const said = await putAsPipeline(stage, entries).then(
    () => 'taken',
    (error: unknown) => String(error),
  );
  if (!/AccessDenied.*explicit deny in a resource-based policy/.test(said))
    throw new Error(`${entries.map(({ Source }) => Source).join()} was not denied by the bus: ${said}`);
}
