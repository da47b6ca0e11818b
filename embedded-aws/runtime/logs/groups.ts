import { arn } from '../../world/aws.ts';
import { AwsError } from '../../world/service.ts';
import type { LogLine } from '../lambda/environments.ts';

/** A line in a log group. */
export interface LogEvent {
  readonly stream: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly message: string;
  readonly id: string;
}

/** The log groups of a stack's functions, with what these have logged. */
export interface LogSource {
  /** Names of the functions. */
  readonly functions: readonly string[];
  readonly lines: readonly LogLine[];
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

const PREFIX = '/aws/lambda/';

export function groupNames({ functions }: LogSource): readonly string[] {
  return functions.map((name) => PREFIX + name).toSorted();
}

/** AWS's lists show the ARN with `:*`, which means every stream. Its permissions name the ARN without. */
export function groupArn(group: string): string {
  return arn('logs', `log-group:${group}`);
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
  const name = group.slice(PREFIX.length);
  return source.lines
    .map((line, index) => ({ line, id: String(index).padStart(56, '0') }))
    .filter(({ line }) => line.function === name)
    .map(({ line, id }) => ({
      stream: line.stream,
      at: Date.parse(line.at),
      message: line.text,
      id,
    }))
    .toSorted((one, other) => one.at - other.at);
}
