import {
  ListResourceRecordSetsCommand,
  type ListResourceRecordSetsCommandInput,
  type ResourceRecordSet,
  type Route53Client,
} from '@aws-sdk/client-route-53';
import type { WeightedRecord } from './route53.ts';
import { listedName, recordOf, targetOf, type RecordName } from './target.ts';

type Client = Pick<Route53Client, 'send'>;

/** A group has at most 100 records, a page 300, and a zone 10,000 unless that was raised. */
const PAGE = 300;
const MOST_PAGES = 40;

/**
 * The records of one name and type. Their list begins where it is asked to, so the first page has all of them.
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListResourceRecordSets.html
 */
export async function listRecords(client: Client, name: RecordName): Promise<readonly WeightedRecord[]> {
  const wanted = listedName(name);
  const from = { StartRecordName: wanted, StartRecordType: name.type as 'A', MaxItems: PAGE };
  const { ResourceRecordSets = [] } = await client.send(
    new ListResourceRecordSetsCommand({ HostedZoneId: name.zone, ...from }),
  );
  return ResourceRecordSets.filter((record) => record.Name === wanted && record.Type === name.type).map(
    toRecord,
  );
}

/** The names and types of a zone that have weighted records, each once. */
export async function listWeighted(client: Client, zone: string): Promise<readonly RecordName[]> {
  const targets = new Set<string>();
  let from: Partial<ListResourceRecordSetsCommandInput> = {};
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await client.send(
      new ListResourceRecordSetsCommand({ HostedZoneId: zone, MaxItems: PAGE, ...from }),
    );
    for (const { Name = '', Type = '', Weight } of answer.ResourceRecordSets ?? [])
      if (Weight !== undefined) targets.add(targetOf(zone, Name, Type));
    if (answer.IsTruncated !== true) break;
    from = {
      StartRecordName: answer.NextRecordName,
      StartRecordType: answer.NextRecordType,
      StartRecordIdentifier: answer.NextRecordIdentifier,
    };
  }
  return [...targets].map(recordOf);
}

function toRecord(listed: ResourceRecordSet): WeightedRecord {
  const { SetIdentifier, Weight, TTL, HealthCheckId, AliasTarget, TrafficPolicyInstanceId } = listed;
  return {
    identifier: SetIdentifier ?? '',
    weight: Weight ?? null,
    ttl: TTL ?? null,
    healthCheck: HealthCheckId ?? null,
    alias:
      AliasTarget === undefined
        ? null
        : { dnsName: AliasTarget.DNSName ?? '', zone: AliasTarget.HostedZoneId ?? '' },
    trafficPolicy: TrafficPolicyInstanceId ?? null,
    listed,
  };
}
