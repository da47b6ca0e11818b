import type {
  CreateHostedZoneRequest,
  CreateHostedZoneResponse,
  GetHostedZoneRequest,
  GetHostedZoneResponse,
  HostedZone,
  ListHostedZonesRequest,
  ListHostedZonesResponse,
  ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import type { Surroundings } from '../aws.ts';
import { AwsError } from '../service.ts';
import { arnOf, may, REQUESTS } from './access.ts';
import { normalName } from './names.ts';
import { findZone, keyOf, type Route53State, type Zone } from './state.ts';

const NAME_SERVERS = [
  'ns-1.awsdns-01.com',
  'ns-2.awsdns-02.net',
  'ns-3.awsdns-03.org',
  'ns-4.awsdns-04.co.uk',
];
const MAX_ZONES = 100;

export function zoneOperations(surroundings: Surroundings, state: Route53State) {
  return {
    CreateHostedZone: {
      bucket: REQUESTS,
      authorize: () => may('CreateHostedZone'),
      run: (input: CreateHostedZoneRequest) => create(surroundings, state, input),
    },
    GetHostedZone: {
      bucket: REQUESTS,
      authorize: ({ Id }: GetHostedZoneRequest) => may('GetHostedZone', arnOf('hostedzone', Id)),
      run: ({ Id }: GetHostedZoneRequest): GetHostedZoneResponse => ({
        HostedZone: answer(findZone(state, Id)),
        DelegationSet: { NameServers: NAME_SERVERS },
      }),
    },
    ListHostedZones: {
      bucket: REQUESTS,
      authorize: () => may('ListHostedZones'),
      run: (input: ListHostedZonesRequest) => list(state, input),
    },
  };
}

function create(
  { clock, random }: Surroundings,
  state: Route53State,
  { Name = '', CallerReference = '' }: CreateHostedZoneRequest,
): CreateHostedZoneResponse {
  if ([...state.zones.values()].some((zone) => zone.callerReference === CallerReference))
    throw new AwsError('HostedZoneAlreadyExists', 'A hosted zone has already been created', 409);
  const chance = random(`route53/${CallerReference}`);
  const name = normalName(Name);
  const id = `Z${chance.hex(13).toUpperCase()}`;
  const records = new Map(ownRecords(name).map((record) => [keyOf(record), record]));
  const zone: Zone = {
    ...{ id, name, callerReference: CallerReference, records, published: records },
    ...{ busyUntil: 0, publishedAt: 0 },
  };
  state.zones.set(id, zone);
  return {
    HostedZone: answer(zone),
    ChangeInfo: {
      Id: `/change/C${chance.hex(13).toUpperCase()}`,
      Status: 'INSYNC',
      SubmittedAt: new Date(clock.now()),
    },
    DelegationSet: { NameServers: NAME_SERVERS },
    Location: `https://route53.amazonaws.com/2013-04-01/hostedzone/${id}`,
  };
}

/**
 * Returns the two records of every new zone.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/SOA-NSrecords.html
 */
function ownRecords(Name: string): readonly ResourceRecordSet[] {
  const soa = `${NAME_SERVERS[0] ?? ''}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400`;
  return [
    {
      Name,
      Type: 'NS',
      TTL: 172_800,
      ResourceRecords: NAME_SERVERS.map((Value) => ({ Value: `${Value}.` })),
    },
    { Name, Type: 'SOA', TTL: 900, ResourceRecords: [{ Value: soa }] },
  ];
}

function list(state: Route53State, { Marker, MaxItems }: ListHostedZonesRequest): ListHostedZonesResponse {
  const all = [...state.zones.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  const from = Marker === undefined ? 0 : all.findIndex(({ id }) => id === Marker);
  if (from < 0) throw new AwsError('InvalidInput', `The marker ${Marker ?? ''} is not valid`);
  const max = MaxItems ?? MAX_ZONES;
  const next = all[from + max];
  return {
    HostedZones: all.slice(from, from + max).map(answer),
    Marker: Marker ?? '',
    IsTruncated: next !== undefined,
    MaxItems: max,
    ...(next !== undefined && { NextMarker: next.id }),
  };
}

function answer({ id, name, callerReference, records }: Zone): HostedZone {
  return {
    Id: `/hostedzone/${id}`,
    Name: name,
    CallerReference: callerReference,
    Config: { PrivateZone: false },
    ResourceRecordSetCount: records.size,
  };
}
