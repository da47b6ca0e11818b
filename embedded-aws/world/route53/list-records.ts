import type {
  ListResourceRecordSetsRequest,
  ListResourceRecordSetsResponse,
  ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { AwsError } from '../service.ts';
import { arnOf, may, REQUESTS } from './access.ts';
import { findZone, keyOf, type Route53State } from './state.ts';

const MAX_RECORDS = 300;

export function listOperations(state: Route53State) {
  return {
    ListResourceRecordSets: {
      bucket: REQUESTS,
      authorize: ({ HostedZoneId }: ListResourceRecordSetsRequest) =>
        may('ListResourceRecordSets', arnOf('hostedzone', HostedZoneId)),
      run: (input: ListResourceRecordSetsRequest) => list(state, input),
    },
  };
}

/**
 * Lists records from a name, type and set identifier on, by labels from right to left. Includes changes that are still
 * PENDING. https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListResourceRecordSets.html
 */
function list(state: Route53State, input: ListResourceRecordSetsRequest): ListResourceRecordSetsResponse {
  const zone = findZone(state, input.HostedZoneId);
  const from = start(input);
  const found = [...zone.records.values()]
    .filter((record) => keyOf(record) >= from)
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  const most = Math.min(input.MaxItems ?? MAX_RECORDS, MAX_RECORDS);
  const next = found[most];
  return {
    ResourceRecordSets: found.slice(0, most),
    IsTruncated: next !== undefined,
    MaxItems: most,
    ...(next !== undefined && nextOf(next)),
  };
}

function start({
  StartRecordName,
  StartRecordType,
  StartRecordIdentifier,
}: ListResourceRecordSetsRequest): string {
  if (StartRecordName === undefined) {
    if (StartRecordType !== undefined)
      throw new AwsError('InvalidInput', 'A start record type needs a start record name');
    return '';
  }
  return keyOf({
    Name: StartRecordName,
    ...(StartRecordType !== undefined && { Type: StartRecordType }),
    ...(StartRecordIdentifier !== undefined && { SetIdentifier: StartRecordIdentifier }),
  });
}

function nextOf({ Name, Type, SetIdentifier }: ResourceRecordSet) {
  return {
    NextRecordName: Name,
    NextRecordType: Type,
    ...(SetIdentifier !== undefined && { NextRecordIdentifier: SetIdentifier }),
  };
}
