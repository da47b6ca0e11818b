import type {
  DeleteLogGroupCommandInput,
  DescribeLogGroupsCommandInput,
  DescribeLogStreamsCommandInput,
  FilterLogEventsCommandInput,
  GetLogEventsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { AwsError, honouring, type AwsService } from '../../world/service.ts';
import { filterOf } from './filter.ts';
import {
  eventsOf,
  groupArn,
  groupNamed,
  groupNames,
  permittedArn,
  type LogEvent,
  type LogSource,
} from './groups.ts';
import { page } from './page.ts';

/**
 * Simulates Amazon CloudWatch Logs: reads what the stack's functions log, at the virtual instants at which they do. The
 * lines START, END and REPORT, which Lambda itself adds, are left out, and a live tail is not modelled.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/
 */
export function logsService(source: LogSource): AwsService {
  const onGroup = (action: string) => (input: Parameters<typeof groupNamed>[0]) => [
    { action: `logs:${action}`, resource: permittedArn(groupNamed(input)) },
  ];
  return {
    signingName: 'logs',
    honoured: honouring({
      DeleteLogGroup: 'logGroupName',
      DescribeLogGroups: 'logGroupNamePrefix logGroupNamePattern nextToken limit',
      DescribeLogStreams:
        'logGroupName logGroupIdentifier logStreamNamePrefix orderBy descending nextToken limit',
      FilterLogEvents: `
        logGroupName logGroupIdentifier logStreamNames logStreamNamePrefix startTime endTime filterPattern
        nextToken limit interleaved`,
      GetLogEvents: `
        logGroupName logGroupIdentifier logStreamName startTime endTime nextToken limit startFromHead`,
    }),
    operations: {
      DeleteLogGroup: {
        authorize: onGroup('DeleteLogGroup'),
        run: (input: DeleteLogGroupCommandInput) => deleteGroup(source, input),
      },
      DescribeLogGroups: {
        authorize: () => [{ action: 'logs:DescribeLogGroups', resource: groupArn('*') }],
        run: (input: DescribeLogGroupsCommandInput) => describeGroups(source, input),
      },
      DescribeLogStreams: {
        authorize: onGroup('DescribeLogStreams'),
        run: (input: DescribeLogStreamsCommandInput) => describeStreams(source, input),
      },
      FilterLogEvents: {
        authorize: onGroup('FilterLogEvents'),
        run: (input: FilterLogEventsCommandInput) => filter(source, input),
      },
      GetLogEvents: {
        authorize: (input: GetLogEventsCommandInput) => [
          {
            action: 'logs:GetLogEvents',
            resource: `${permittedArn(groupNamed(input))}${input.logStreamName ?? ''}`,
          },
        ],
        run: (input: GetLogEventsCommandInput) => read(source, input),
      },
    },
  };
}

/** Deletes the group of an application. Those of the stack's functions belong to their stack, and stay. */
function deleteGroup({ applications }: LogSource, { logGroupName = '' }: DeleteLogGroupCommandInput): object {
  if (!applications.groups().includes(logGroupName))
    throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
  applications.deleteGroup(logGroupName);
  return {};
}

function describeGroups(source: LogSource, input: DescribeLogGroupsCommandInput) {
  const { logGroupNamePrefix: prefix = '', logGroupNamePattern: pattern = '' } = input;
  const names = groupNames(source).filter(
    (name) => name.startsWith(prefix) && name.toLowerCase().includes(pattern.toLowerCase()),
  );
  const { items, next } = page(names, input, 50);
  return {
    logGroups: items.map((name) => ({
      logGroupName: name,
      creationTime: source.createdAt,
      metricFilterCount: 0,
      arn: `${groupArn(name)}:*`,
      logGroupArn: groupArn(name),
      storedBytes: 0,
    })),
    ...next,
  };
}

function describeStreams(source: LogSource, input: DescribeLogStreamsCommandInput) {
  const { logStreamNamePrefix: prefix = '', orderBy = 'LogStreamName', descending = false } = input;
  const group = groupNamed(input);
  const events = eventsOf(source, group).filter(({ stream }) => stream.startsWith(prefix));
  const streams = [...Map.groupBy(events, ({ stream }) => stream)].map(([name, of]) => ({
    logStreamName: name,
    creationTime: of[0]?.at,
    firstEventTimestamp: of[0]?.at,
    lastEventTimestamp: of.at(-1)?.at,
    arn: `${groupArn(group)}:log-stream:${name}`,
    storedBytes: 0,
  }));
  const ordered = streams.toSorted((one, other) =>
    orderBy === 'LogStreamName'
      ? one.logStreamName.localeCompare(other.logStreamName)
      : (one.lastEventTimestamp ?? 0) - (other.lastEventTimestamp ?? 0),
  );
  const { items, next } = page(descending ? ordered.toReversed() : ordered, input, 50);
  return { logStreams: items, ...next };
}

function filter(source: LogSource, input: FilterLogEventsCommandInput) {
  const { logStreamNames, logStreamNamePrefix: prefix = '', filterPattern } = input;
  const isWanted = filterOf(filterPattern);
  const found = within(eventsOf(source, groupNamed(input)), input).filter(
    ({ stream, message }) =>
      stream.startsWith(prefix) && (logStreamNames?.includes(stream) ?? true) && isWanted(message),
  );
  const { items, next } = page(found, input, 10_000);
  return {
    events: items.map(({ stream, at, message, id }) => ({
      logStreamName: stream,
      timestamp: at,
      message,
      ingestionTime: at,
      eventId: id,
    })),
    searchedLogStreams: [],
    ...next,
  };
}

/**
 * Returns a stream's newest lines, or from its beginning. The tokens stay the same at either end; further pages are not
 * modelled. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
 */
function read(source: LogSource, input: GetLogEventsCommandInput) {
  const { logStreamName, startFromHead = false, limit = 10_000, nextToken } = input;
  const all = within(eventsOf(source, groupNamed(input)), input).filter(
    ({ stream }) => stream === logStreamName,
  );
  const shown = startFromHead ? all.slice(0, limit) : all.slice(-limit);
  return {
    events: (nextToken === undefined ? shown : []).map(({ at, message }) => ({
      timestamp: at,
      message,
      ingestionTime: at,
    })),
    nextForwardToken: nextToken ?? 'f/end',
    nextBackwardToken: nextToken ?? 'b/end',
  };
}

/** FilterLogEvents and GetLogEvents take the first instant in, and leave the last one out. */
function within(
  events: readonly LogEvent[],
  {
    startTime = 0,
    endTime = Infinity,
  }: { readonly startTime?: number | undefined; readonly endTime?: number | undefined },
): readonly LogEvent[] {
  return events.filter(({ at }) => at >= startTime && at < endTime);
}
