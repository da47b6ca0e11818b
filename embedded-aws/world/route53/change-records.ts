import type {
  ChangeInfo,
  ChangeResourceRecordSetsRequest,
  ChangeResourceRecordSetsResponse,
  GetChangeRequest,
  GetChangeResponse,
} from '@aws-sdk/client-route-53';
import type { Surroundings } from '../aws.ts';
import { AwsError } from '../service.ts';
import { arnOf, may, REQUESTS } from './access.ts';
import { applied } from './batch.ts';
import { conditionName } from './names.ts';
import { bareId, findZone, type Change, type Route53State, type Zone } from './state.ts';

/** Milliseconds for which a zone applies a change and refuses others. Not documented. */
const BUSY_MS = 500;

/** "Generally within 60 seconds": https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetChange.html */
const SLOWEST_SECONDS = 60;
const FASTEST_SECONDS = 10;

export function changeOperations(surroundings: Surroundings, state: Route53State) {
  const chance = surroundings.random('route53/changes');
  return {
    ChangeResourceRecordSets: {
      bucket: REQUESTS,
      authorize: ({ HostedZoneId, ChangeBatch }: ChangeResourceRecordSetsRequest) =>
        may('ChangeResourceRecordSets', arnOf('hostedzone', HostedZoneId), conditionsOf(ChangeBatch)),
      run: ({ HostedZoneId, ChangeBatch }: ChangeResourceRecordSetsRequest) => {
        const zone = findZone(state, HostedZoneId);
        const now = surroundings.clock.now();
        if (now < zone.busyUntil) throw busy();
        zone.records = applied(state, zone, ChangeBatch?.Changes ?? []);
        zone.busyUntil = now + BUSY_MS;
        const change: Change = {
          id: `C${chance.hex(13).toUpperCase()}`,
          submittedAt: new Date(now),
          comment: ChangeBatch?.Comment,
          inSync: false,
        };
        state.changes.set(change.id, change);
        publish(surroundings, zone, change, chance.between(FASTEST_SECONDS, SLOWEST_SECONDS));
        return { ChangeInfo: answer(change) } satisfies ChangeResourceRecordSetsResponse;
      },
    },
    GetChange: {
      bucket: REQUESTS,
      authorize: ({ Id }: GetChangeRequest) => may('GetChange', arnOf('change', Id)),
      run: ({ Id }: GetChangeRequest): GetChangeResponse => {
        const change = state.changes.get(bareId(Id));
        if (change === undefined)
          throw new AwsError(
            'NoSuchChange',
            `A change with the specified ID ${bareId(Id)} does not exist.`,
            404,
          );
        return { ChangeInfo: answer(change) };
      },
    },
  };
}

/** Publishes a zone's changes to the name servers in the order in which they were made. */
function publish({ clock }: Surroundings, zone: Zone, change: Change, seconds: number): void {
  const { records } = zone;
  zone.publishedAt = Math.max(zone.publishedAt, clock.now() + seconds * 1000);
  clock.at(zone.publishedAt, () => {
    zone.published = records;
    change.inSync = true;
  });
}

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-conditions-route53.html */
function conditionsOf(batch: ChangeResourceRecordSetsRequest['ChangeBatch']) {
  const changes = batch?.Changes ?? [];
  return {
    'route53:ChangeResourceRecordSetsActions': changes.map(({ Action }) => Action ?? ''),
    'route53:ChangeResourceRecordSetsNormalizedRecordNames': changes.map(({ ResourceRecordSet }) =>
      conditionName(ResourceRecordSet?.Name ?? ''),
    ),
    'route53:ChangeResourceRecordSetsRecordTypes': changes.map(
      ({ ResourceRecordSet }) => ResourceRecordSet?.Type ?? '',
    ),
  };
}

function busy(): AwsError {
  return new AwsError(
    'PriorRequestNotComplete',
    'The request was rejected because Route 53 was still processing a prior request.',
  );
}

function answer({ id, submittedAt, comment, inSync }: Change): ChangeInfo {
  return {
    Id: `/change/${id}`,
    Status: inSync ? 'INSYNC' : 'PENDING',
    SubmittedAt: submittedAt,
    ...(comment !== undefined && { Comment: comment }),
  };
}
