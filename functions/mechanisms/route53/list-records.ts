import {
  ListResourceRecordSetsCommand,
  type ListResourceRecordSetsCommandInput,
  type ResourceRecordSet,
  type Route53Client,
} from '@aws-sdk/client-route-53';
import type { WeightedRecord } from './route53.ts';
import {
  listedName,
  recordOf,
  targetOf,
  type RecordName,
} from '../../../src/targets/kinds/route53/target.ts';

type Client = Pick<Route53Client, 'send'>;

/** A group has at most 100 records, a page 300, and a zone 10,000 unless that was raised. */
const PAGE = 300;
const MAX_PAGES = 40;

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
  for (let page = 0; page < MAX_PAGES; page++) {
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

/**
 * Returns what in Kubernetes external-dns makes the records of a name from, by the TXT record beside them that it keeps its
 * notes in; null: there is none under the name that it has without settings. Versions before 0.12 wrote it elsewhere.
 * https://kubernetes-sigs.github.io/external-dns/latest/docs/registry/txt/
 */
export async function readHeritage(client: Client, name: RecordName): Promise<string | null> {
  const wanted = listedName({ ...name, name: `${name.type.toLowerCase()}-${name.name}` });
  const from = { StartRecordName: wanted, StartRecordType: 'TXT', MaxItems: 1 } as const;
  const { ResourceRecordSets = [] } = await client.send(
    new ListResourceRecordSetsCommand({ HostedZoneId: name.zone, ...from }),
  );
  const [found] = ResourceRecordSets;
  if (found?.Name !== wanted || found.Type !== 'TXT') return null;
  const note = found.ResourceRecords?.map(({ Value = '' }) => Value).join('') ?? '';
  if (!note.includes('heritage=external-dns')) return null;
  return /external-dns\/resource=([^,"]+)/.exec(note)?.[1] ?? 'a source';
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
