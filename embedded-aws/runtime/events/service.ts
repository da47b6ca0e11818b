import { arn } from '../../world/aws.ts';
import { honouring, type Access, type AwsService } from '../../world/service.ts';
import { busName } from '../stack/identities.ts';
import type { Bus } from './bus.ts';
import { ruleOperations, shownRule } from './rule-operations.ts';

interface Entry {
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly EventBusName?: string;
  readonly Resources?: readonly string[];
  readonly Time?: Date;
}

interface Refused {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

/**
 * Simulates Amazon EventBridge: events, and rules with a pattern. Targets are functions, queues and API destinations.
 * API destinations and their connections come with the stack.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/
 */
export function eventsService(bus: Bus): AwsService {
  return {
    signingName: 'events',
    honoured: honouring({
      PutEvents: 'Entries',
      ListRules: 'NamePrefix EventBusName',
      PutRule: 'Name EventBusName EventPattern ScheduleExpression State',
      DescribeRule: 'Name EventBusName',
      DeleteRule: 'Name EventBusName',
      PutTargets: 'Rule EventBusName Targets',
      RemoveTargets: 'Rule EventBusName Ids',
      ListTargetsByRule: 'Rule EventBusName',
    }),
    operations: {
      PutEvents: {
        authorize: ({ Entries }: { Entries: readonly Entry[] }) => Entries.map(accessOf),
        run: ({ Entries }: { Entries: readonly Entry[] }) => {
          const results = Entries.map((entry) => put(bus, entry));
          return {
            FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length,
            Entries: results,
          };
        },
        // 10,000 per second in this Region (Amazon EventBridge quotas).
        bucket: { name: 'PutEvents', burst: 10_000, perSecond: 10_000, error: 'ThrottlingException' },
      },
      ListRules: {
        authorize: () => [{ action: 'events:ListRules', resource: '*' }],
        run: ({ EventBusName, NamePrefix = '' }: { EventBusName?: string; NamePrefix?: string }) => ({
          Rules: bus.rules
            .filter((rule) => rule.bus === busName(EventBusName) && rule.name.startsWith(NamePrefix))
            .map(shownRule),
        }),
      },
      ...ruleOperations(bus),
    },
  };
}

function accessOf(entry: Entry): Access {
  return {
    action: 'events:PutEvents',
    resource: arn('events', `event-bus/${busName(entry.EventBusName)}`),
    conditions: { 'events:source': entry.Source ?? '', 'events:detail-type': entry.DetailType ?? '' },
  };
}

function put(bus: Bus, entry: Entry): { EventId: string } | Refused {
  const { Source = '', DetailType = '', Detail = '', Resources = [], Time } = entry;
  const refused = refusalOf(entry);
  if (refused !== null) return refused;
  const detail = JSON.parse(Detail) as Record<string, unknown>;
  const event = bus.envelope(
    { source: Source, 'detail-type': DetailType, resources: Resources, detail },
    Time?.toISOString(),
  );
  bus.publish(busName(entry.EventBusName), event);
  return { EventId: event.id };
}

/** Returns the refusal of an entry. The codes are AWS's; the messages are invented if the API reference has none. */
function refusalOf({ Source = '', DetailType = '', Detail = '' }: Entry): Refused | null {
  const missing = Object.entries({ Source, DetailType, Detail }).find(([, value]) => value === '');
  if (missing !== undefined)
    return { ErrorCode: 'InvalidArgument', ErrorMessage: `Parameter ${missing[0]} is not valid.` };
  if (Source.startsWith('aws.'))
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  if (!isJsonObject(Detail)) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  return null;
}

function isJsonObject(text: string): boolean {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
