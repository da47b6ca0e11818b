import type { SFNClient } from '@aws-sdk/client-sfn';
import { ENDED_BADLY, FINE, FORBIDDEN, type Status } from '../../command-line/status.ts';
import { textOf as textOfPhase } from '../../phases/phase.ts';
import { footerOf } from '../../terminal/footer.ts';
import { columnsOf, painterOf } from '../../terminal/paint.ts';
import { linesOf, wrappedAfter, type Row } from '../../terminal/row.ts';
import { tidy } from '../../terminal/tidy.ts';
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
  if (isJson) {
    const end = await follow(client, arn, (line) => console.log(JSON.stringify(jsonLineOf(line))));
    console.log(JSON.stringify(jsonOf(end)));
    return statusOf(end);
  }
  const look = { columns: columnsOf(process.stdout), paint: painterOf(process.stdout) };
  const footer = footerOf(process.stdout);
  try {
    const end = await follow(client, arn, (line) => {
      const lines = linesOf(rowOf(line), look);
      // A terminal shows the newest poll in place; a log shows each that says something new.
      if (footer === null) console.log(lines.join('\n'));
      else if (line.isPoll) footer.show(() => `${line.name}  ${tidy(textOfPhase(line))}`);
      else footer.print(lines);
    });
    footer?.end();
    for (const line of textOf(end).split('\n')) console.log(endLines(line, look.columns).join('\n'));
    return statusOf(end);
  } finally {
    footer?.end();
  }
}

/** Returns a step as a row. The reason of the outcome is left to the end. */
export function rowOf({ at, name, says, points, tone }: Line): Row {
  const shown = name === 'Report' ? [] : points;
  return { at, who: name, says: tidy(says), tone, points: shown.map((point) => tidy(point)) };
}

/** Wraps a line of the end under its own beginning. */
function endLines(line: string, columns: number): readonly string[] {
  const [head = ''] = /^ {2}(?:next|likely cause): /.exec(line) ?? [];
  return wrappedAfter(head, tidy(line.slice(head.length)), columns);
}

function jsonLineOf(line: Line): object {
  return { at: line.at, state: line.name, says: textOfPhase(line) };
}

function jsonOf(end: End): object {
  return end.state === 'reported' ? { outcome: end.outcome } : { outcome: null, how: end.how };
}

/** Formats the end. Exported for its test. */
export function textOf(end: End): string {
  if (end.state === 'unreported')
    return `\nIt ended without a report (${end.how}): see the runbook. The sweep reports it within minutes.`;
  const { state, reason, advice, cause } = end.outcome;
  return [
    `\n${state}: ${reason}`,
    ...(cause === undefined ? [] : [`  likely cause: ${cause.says}`]),
    ...advice.map((one) => `  next: ${one}`),
  ].join('\n');
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
