import {
  FilterLogEventsCommand,
  type CloudWatchLogsClient,
  type FilteredLogEvent,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  GetFunctionConfigurationCommand,
  type FunctionConfiguration,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import type { Planned } from '../../../src/rollback/document.ts';
import { aliasOf } from '../../../src/targets/kinds/lambda/target.ts';
import { textOf } from '../log-text.ts';
import type { Hidden } from '../../../src/aws/mask.ts';
import { atFault, releasedAt } from '../released-at.ts';
import type { EvidenceSource } from '../source.ts';

type Logs = Pick<CloudWatchLogsClient, 'send'>;

/**
 * Matches lines of failed invocations, of Lambda and of its runtimes, as text and as JSON. Terms count by case, and one
 * of them is enough.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
const PATTERN =
  '?ERROR ?Error ?Exception ?Traceback ?"timed out" ?"Status: timeout" ?"Status: error" ?killed ?AccessDenied';

const MAX_LINES = 12;

/** Most of them are alike. */
const MAX_EVENTS = 100;

/** An account has few calls of FilterLogEvents a second. A page may be empty, and more may follow. Unknown: filter-log-events-rate. */
const MAX_PAGES = 3;

/**
 * Reads the first lines of failed invocations of the version at fault since the release. A stream has the version in its
 * name, and the day on which it began.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
export function functionLogs(lambda: Pick<LambdaClient, 'send'>, logs: Logs): EvidenceSource {
  return {
    name: 'function logs',
    kind: 'lambda',
    isLog: true,
    async read(rollback, signal) {
      const { functionName } = aliasOf(rollback.request.target);
      const input = { FunctionName: functionName, Qualifier: versionAtFault(rollback) };
      const { LoggingConfig, Environment } = await lambda.send(new GetFunctionConfigurationCommand(input), {
        abortSignal: signal,
      });
      const hidden = hiddenIn(Environment);
      const own = `/aws/lambda/${functionName}`;
      const group = LoggingConfig?.LogGroup ?? own;
      const prefixes = prefixesOf(rollback, group === own ? '' : functionName);
      const found = await Promise.all(
        prefixes.map((prefix) => failuresIn(logs, { group, prefix, since: releasedAt(rollback) }, signal)),
      );
      const ordered = found.flat().toSorted((one, other) => (one.timestamp ?? 0) - (other.timestamp ?? 0));
      const lines = distinct(ordered.map(({ message = '' }) => textOf(message))).slice(0, MAX_LINES);
      return { lines, traces: { invocations: lines }, hidden };
    },
  };
}

/** Leaves out lines that differ from an earlier one only by time and request: most invocations fail alike. */
function distinct(lines: readonly string[]): readonly string[] {
  const known = new Map(lines.toReversed().map((line) => [withoutIds(line), line]));
  return [...known.values()].toReversed().filter((line) => line !== '');
}

function withoutIds(line: string): string {
  return line
    .replaceAll(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '')
    .replaceAll(/\d+(?:\.\d+)? ms/g, '');
}

/**
 * Returns what no line may show.
 * @throws Error if the environment cannot be read: nothing could be masked then, so no log is read
 */
function hiddenIn(environment: FunctionConfiguration['Environment']): Hidden {
  const { Variables = {}, Error: error } = environment ?? {};
  if (error !== undefined)
    throw new Error('the environment of the function cannot be read, so nothing could be masked');
  return { values: Object.values(Variables), names: Object.keys(Variables) };
}

/** Returns the version at fault: a number, or `$LATEST`, whose id also has the hash of its code. */
function versionAtFault(rollback: Planned): string {
  const [version = ''] = atFault(rollback).id.split(' ');
  return version;
}

/**
 * Returns the beginnings of the names of streams: `2026/11/22/[7]`, and in a log group of several functions
 * `2026/11/22/checkout[7]`. A release before midnight has streams of two days.
 */
function prefixesOf(rollback: Planned, functionName: string): readonly string[] {
  const days = [releasedAt(rollback), rollback.plan.at].map((at) => at.slice(0, 10).replaceAll('-', '/'));
  return [...new Set(days)].map((day) => `${day}/${functionName}[${versionAtFault(rollback)}]`);
}

interface Place {
  readonly group: string;
  readonly prefix: string;
  readonly since: string;
}

/** A function that never wrote a line has no log group. */
async function failuresIn(
  logs: Logs,
  { group, prefix, since }: Place,
  abortSignal: AbortSignal,
): Promise<readonly FilteredLogEvent[]> {
  const found: FilteredLogEvent[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < MAX_PAGES && found.length < MAX_EVENTS; page++) {
    const command = new FilterLogEventsCommand({
      logGroupName: group,
      logStreamNamePrefix: prefix,
      startTime: Date.parse(since),
      filterPattern: PATTERN,
      limit: MAX_EVENTS,
      nextToken,
    });
    const answer = await logs.send(command, { abortSignal }).catch((error: unknown) => {
      if (error instanceof Error && error.name === 'ResourceNotFoundException') return { events: [] };
      throw error;
    });
    found.push(...(answer.events ?? []));
    nextToken = 'nextToken' in answer ? answer.nextToken : undefined;
    if (nextToken === undefined) break;
  }
  return found;
}
