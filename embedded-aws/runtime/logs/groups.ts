import { arn } from '../../world/aws.ts';
import { AwsError } from '../../world/service.ts';
import type { AppLogs } from '../../world/logs.ts';
import type { LogLine } from '../lambda/environments.ts';

/** A line in a log group. */
export interface LogEvent {
  readonly stream: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly message: string;
  readonly id: string;
}

/** The log groups of a stack's functions and of applications, with what these have logged. */
export interface LogSource {
  /** Names of the functions. */
  readonly functions: readonly string[];
  readonly lines: readonly LogLine[];
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly applications: Pick<AppLogs, 'deleteGroup' | 'groups' | 'lines'>;
}

const PREFIX = '/aws/lambda/';

export function groupNames({ functions, applications }: LogSource): readonly string[] {
  return [...functions.map((name) => PREFIX + name), ...applications.groups()].toSorted();
}

/** Returns the ARN of a group. AWS's lists show it with `:*`, which means every stream. */
export function groupArn(group: string): string {
  return arn('logs', `log-group:${group}`);
}

/**
 * Returns the ARN on which a permission for a group is checked, so that one for `…:*` holds. Refusals of AWS name
 * `log-group:NAME:log-stream:`, also where no stream was asked for.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
 */
export function permittedArn(group: string): string {
  return `${groupArn(group)}:log-stream:`;
}

/** Returns the group in an input: its name, or its ARN in the place of an identifier. */
export function groupNamed({
  logGroupName,
  logGroupIdentifier = '',
}: {
  readonly logGroupName?: string | undefined;
  readonly logGroupIdentifier?: string | undefined;
}): string {
  return logGroupName ?? logGroupIdentifier.replace(/^arn:.*:log-group:/, '').replace(/:\*$/, '');
}

/**
 * Returns what a group holds, oldest first.
 * @throws AwsError ResourceNotFoundException
 */
export function eventsOf(source: LogSource, group: string): readonly LogEvent[] {
  if (!groupNames(source).includes(group))
    throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
  const own = source.lines.map(({ function: name, stream, at, text }) => ({
    ...{ group: PREFIX + name, stream },
    ...{ at: Date.parse(at), message: text },
  }));
  return [...own, ...source.applications.lines]
    .map((line, index) => ({ ...line, id: String(index).padStart(56, '0') }))
    .filter((line) => line.group === group)
    .map(({ stream, at, message, id }) => ({ stream, at, message, id }))
    .toSorted((one, other) => one.at - other.at);
}
