import type {
  ChangeResourceRecordSetsRequest,
  CreateHostedZoneResponse,
  ListResourceRecordSetsResponse,
  ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { putErrorAlarm, type Metric } from '../alarms.ts';
import { GOOD } from '../behaviours.ts';
import type { Ground } from '../ground.ts';
import type { Planter } from '../subject.ts';

/** Weighted names of one zone. A page of a zone has at most 300 records, so each zone here is read in one. */
const NAMES_PER_ZONE = 50;

/** Route 53 takes one change of a zone at a time. A pipeline that is refused tries again after so long. */
const AGAIN_MS = 700;

const MAX_WEIGHT = 255;

/** What a release on green leaves to blue: a record without traffic and without a health check gets none back. */
const KEPT_WEIGHT = 25;

/** Plants weighted names with two records each, some names a zone. */
export const route53: Planter = {
  leadSeconds: 35,
  on: (ground) => {
    const { world, call } = ground;
    let planted = 0;
    let zone = '';
    return ({ number, alarm, tags }) => {
      if (planted++ % NAMES_PER_ZONE === 0) zone = openZone(ground, `zone-${number}.example`, tags);
      const HostedZoneId = zone;
      const name = `edge-${number}.${zoneName(ground, zone)}`;
      const sides = ['blue', 'green'].map((side, place) => ({
        side,
        address: addressOf(planted * 2 + place),
      }));
      for (const { address } of sides) world.endpoints.put(address, GOOD);
      const weigh = (ofBlue: number) => {
        const Changes = sides.map(({ side, address }) => ({
          Action: 'UPSERT',
          ResourceRecordSet: {
            ...{ Name: name, Type: 'A', SetIdentifier: side, TTL: 30 },
            Weight: side === 'blue' ? ofBlue : MAX_WEIGHT - ofBlue,
            ResourceRecords: [{ Value: address }],
          },
        }));
        change(ground, { HostedZoneId, ChangeBatch: { Changes } });
      };
      weigh(MAX_WEIGHT);
      const target = `route53:${HostedZoneId}/${name}/A`;
      const errors = [metric(name, 'Errors')];
      putErrorAlarm(ground, alarm, { errors, requests: [metric(name, 'Requests')] }, target);
      let isBlue = true;
      const now = () =>
        call<ListResourceRecordSetsResponse>('route53', 'ListResourceRecordSets', {
          ...{ HostedZoneId, StartRecordName: name, StartRecordType: 'A', MaxItems: 2 },
        }).ResourceRecordSets;
      return {
        target,
        kind: 'route53',
        alarm,
        release: (behaviour) => {
          isBlue = !isBlue;
          world.endpoints.put(sides[isBlue ? 0 : 1]?.address ?? '', behaviour);
          weigh(isBlue ? MAX_WEIGHT : KEPT_WEIGHT);
        },
        isWayBack: ({ operation, input }) =>
          operation === 'ChangeResourceRecordSets' &&
          isAllBlue(recordsIn(input as ChangeResourceRecordSetsRequest)),
        isBack: () => isAllBlue(now()),
      };
    };
  },
};

/** Changes records as soon as the zone takes a change. */
function change(ground: Ground, input: object): void {
  try {
    ground.call('route53', 'ChangeResourceRecordSets', input);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'PriorRequestNotComplete') throw error;
    ground.world.clock.after(AGAIN_MS, () => change(ground, input));
  }
}

function openZone({ call }: Ground, Name: string, tags: Readonly<Record<string, string>>): string {
  const { HostedZone } = call<CreateHostedZoneResponse>('route53', 'CreateHostedZone', {
    ...{ Name, CallerReference: Name },
  });
  const ResourceId = HostedZone?.Id?.replace('/hostedzone/', '') ?? '';
  const AddTags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  call('route53', 'ChangeTagsForResource', { ResourceType: 'hostedzone', ResourceId, AddTags });
  return ResourceId;
}

function zoneName({ call }: Ground, Id: string): string {
  const { HostedZone } = call<CreateHostedZoneResponse>('route53', 'GetHostedZone', { Id });
  return (HostedZone?.Name ?? '').replace(/\.$/, '');
}

/** Returns an address of the range for benchmarks: https://www.rfc-editor.org/rfc/rfc2544 */
function addressOf(place: number): string {
  return `198.${18 + Math.floor(place / 62_500)}.${Math.floor(place / 250) % 250}.${(place % 250) + 1}`;
}

function metric(name: string, metricName: string): Metric {
  return { namespace: 'Edge', name: metricName, dimensions: { Host: name } };
}

function recordsIn({ ChangeBatch }: ChangeResourceRecordSetsRequest): readonly ResourceRecordSet[] {
  return (ChangeBatch?.Changes ?? []).flatMap(({ ResourceRecordSet: record }) => record ?? []);
}

function isAllBlue(records: readonly ResourceRecordSet[] = []): boolean {
  const served = records.filter(({ Weight = 0 }) => Weight > 0);
  return served.length > 0 && served.every(({ SetIdentifier }) => SetIdentifier === 'blue');
}
