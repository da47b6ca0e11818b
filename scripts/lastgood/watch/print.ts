import type { SFNClient } from '@aws-sdk/client-sfn';
import { ENDED_BADLY, FINE, FORBIDDEN, type Status } from '../../command-line/status.ts';
import { follow, type End } from './follow.ts';
import type { Line } from './line.ts';

/** Exit statuses of a verb that follows a rollback until its end. */
export const ENDINGS = {
  fine: 'it was rolled back, and health is proven',
  endedBadly: 'it failed, clean or dirty, or ended without a report',
  forbidden: 'it was skipped: a rule, a person or another rollback decided so, or there was nothing to do',
  cannotSay: 'the execution could not be read; it goes on all the same',
} as const;

/**
 * Prints the steps of an execution as they come, and how it ended. With --json each step is one JSON document a line.
 */
export async function printUntilEnd(client: SFNClient, arn: string, isJson: boolean): Promise<Status> {
  const end = await follow(client, arn, (step) => console.log(isJson ? JSON.stringify(step) : lineOf(step)));
  console.log(isJson ? JSON.stringify(jsonOf(end)) : textOf(end));
  return statusOf(end);
}

function lineOf({ at, state, says }: Line): string {
  return `${at.slice(11, 19)}  ${state.padEnd(7)}  ${says}`;
}

function jsonOf(end: End): object {
  return end.state === 'reported' ? { outcome: end.outcome } : { outcome: null, how: end.how };
}

/** Formats the end. Exported for its test. */
export function textOf(end: End): string {
  if (end.state === 'unreported')
    return `\nIt ended without a report (${end.how}): see the runbook. The sweep reports it within minutes.`;
  const { state, reason, advice } = end.outcome;
  return [`\n${state}: ${reason}`, ...advice.map((one) => `  next: ${one}`)].join('\n');
}

/** Returns the exit status. Exported for its test. */
export function statusOf(end: End): Status {
  if (end.state === 'unreported') return ENDED_BADLY;
  switch (end.outcome.state) {
    case 'rolled-back':
      return FINE;
    case 'skipped':
      return FORBIDDEN;
    case 'failed-clean':
    case 'failed-dirty':
      return ENDED_BADLY;
  }
}
