import type { Event, LookupEventsRequest, LookupEventsResponse } from '@aws-sdk/client-cloudtrail';
import { ACCOUNT, REGION, type Surroundings } from './aws.ts';
import { remembered } from './remembered.ts';
import { AwsError, honouring, isRead, type AwsService } from './service.ts';

/** A call that succeeded. */
export interface RecordedCall {
  /** The service in the credential scope: `ecs`. */
  readonly service: string;
  readonly operation: string;
  readonly role: string;
  readonly input: unknown;
}

export interface CloudTrail extends AwsService {
  /** Records a call that succeeded now. */
  record(call: RecordedCall): void;
  /** How late Event history shows the calls that follow, in seconds. */
  delay: { readonly min: number; readonly max: number };
}

interface Recorded {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly shownAt: number;
  readonly call: RecordedCall;
  readonly id: string;
}

/** Names of services in records, where they differ from the name in a signature. */
const SOURCES: Readonly<Record<string, string>> = {
  'application-autoscaling': 'autoscaling',
};

/** Lambda's names have the version of its API. https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html */
const NAMES: Readonly<Record<string, string>> = { UpdateAlias: 'UpdateAlias20150331' };

/** No management events: data of tables, logs and metrics, and messages. */
const DATA = ['dynamodb', 'logs', 'monitoring', 'sqs', 'events', 'states', 'sts', 'tagging'];

/**
 * Until when a call is shown: "CloudTrail typically delivers events within an average of about 5 minutes", and Event
 * history within 15. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/how-cloudtrail-works.html
 */
const DELAY_SECONDS = { min: 60, max: 900 } as const;

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
const RATE = {
  name: 'cloudtrail LookupEvents',
  burst: 2,
  perSecond: 2,
  error: 'ThrottlingException',
} as const;

const MAX_RESULTS = 50;

/** Simulates the event history of AWS CloudTrail: calls that changed something and succeeded. Reads are not kept. */
export function createCloudTrail({ clock, random }: Surroundings): CloudTrail {
  const chance = random('cloudtrail');
  const all: Recorded[] = [];
  return {
    signingName: 'cloudtrail',
    delay: DELAY_SECONDS,
    honoured: honouring({ LookupEvents: 'LookupAttributes StartTime EndTime MaxResults' }),
    operations: {
      // No resource-level permissions (Service Authorization Reference, AWS CloudTrail).
      LookupEvents: {
        bucket: RATE,
        authorize: () => [{ action: 'cloudtrail:LookupEvents', resource: '*' }],
        run: (input: LookupEventsRequest) => lookUp(all, input, clock.now()),
      },
    },
    record(call) {
      if (isRead(call.operation) || DATA.includes(call.service)) return;
      const at = clock.now();
      const { min, max } = this.delay;
      all.push({
        at,
        shownAt: at + 1000 * (min + chance.next() * (max - min)),
        call,
        id: chance.uuid(),
      });
    },
  };
}

function lookUp(all: readonly Recorded[], input: LookupEventsRequest, now: number): LookupEventsResponse {
  const { LookupAttributes: [attribute, another] = [], StartTime, EndTime, MaxResults = MAX_RESULTS } = input;
  if (another !== undefined)
    throw new AwsError('InvalidLookupAttributesException', 'Exactly one lookup attribute must be specified.');
  const from = StartTime?.getTime() ?? 0;
  const to = EndTime?.getTime() ?? Infinity;
  if (from > to) throw new AwsError('InvalidTimeRangeException', 'Start time is after end time.');
  const found = all
    .filter(({ at, shownAt }) => shownAt <= now && from <= at && at <= to)
    .map(eventOf)
    .filter(
      (event) =>
        attribute === undefined || valueIn(event, attribute.AttributeKey) === attribute.AttributeValue,
    );
  return { Events: found.toReversed().slice(0, Math.min(MaxResults, MAX_RESULTS)) };
}

function valueIn(
  { EventName, EventSource, Username, ReadOnly }: Event,
  key: string | undefined,
): string | undefined {
  const values: Readonly<Record<string, string | undefined>> = { EventName, EventSource, Username, ReadOnly };
  if (key === undefined || !(key in values))
    throw new AwsError(
      'InvalidLookupAttributesException',
      `Not modelled in the embedded AWS: the attribute ${key}.`,
    );
  return values[key];
}

/** A record never changes. */
const eventOf = remembered(readRecord);

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
function readRecord({ at, id, call: { service, operation, role, input } }: Recorded): Event {
  const eventName = NAMES[operation] ?? operation;
  const eventSource = `${SOURCES[service] ?? service}.amazonaws.com`;
  const record = {
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/session`,
      accountId: ACCOUNT,
    },
    eventTime: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'),
    eventSource,
    eventName,
    awsRegion: REGION,
    userAgent: role === 'operator' ? 'aws-cli/2.31.0 md/awscrt' : 'aws-sdk-js/3',
    requestParameters: lowered(input),
    eventID: id,
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
  };
  return {
    EventId: id,
    EventName: eventName,
    ReadOnly: 'false',
    EventTime: new Date(at),
    EventSource: eventSource,
    Username: 'session',
    Resources: [],
    CloudTrailEvent: JSON.stringify(record),
  };
}

/** Records begin the names of parameters with a small letter. */
function lowered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowered);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      lowered(member),
    ]),
  );
}
