import { GetLogEventsCommand, type CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { textOf } from './log-text.ts';

/** Each stream costs a call of GetLogEvents, of which an account has 10 or 25 a second, by Region. */
const MAX_LINES_PER_STREAM = 12;

export interface Stream {
  readonly group: string;
  readonly name: string;
  /** `checkout of task 1a2b3c4d`. */
  readonly of: string;
}

interface Found {
  readonly isThere: boolean;
  readonly lines: readonly string[];
  /** The same, each after the name of its stream. */
  readonly labelled: readonly string[];
}

/** Reads the last lines of a stream. A program that never wrote a line has no stream. */
export async function lastLines(
  logs: Pick<CloudWatchLogsClient, 'send'>,
  { group, name, of }: Stream,
  abortSignal: AbortSignal,
): Promise<Found> {
  const command = new GetLogEventsCommand({
    logGroupName: group,
    logStreamName: name,
    limit: MAX_LINES_PER_STREAM,
    startFromHead: false,
  });
  const answer = await logs.send(command, { abortSignal }).catch((error: unknown) => {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return null;
    throw error;
  });
  const lines = (answer?.events ?? [])
    .map(({ message = '' }) => textOf(message))
    .filter((line) => line !== '');
  return { isThere: answer !== null, lines, labelled: lines.map((line) => `${of}: ${line}`) };
}
