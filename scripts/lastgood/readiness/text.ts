import { nameOf } from '../../../src/aws/reports.ts';
import type { Estimate, Kept } from '../../../src/readiness/document.ts';
import { inMinutes } from '../../../src/rollback/time.ts';
import { minuteOf, tableOf } from '../table.ts';

/** Returns a check as `--json` writes it. docs/command-line.md describes the shape. */
export function toJson({ target, at, ready, score, trend, way, estimate, findings, past }: Kept): object {
  return { target, at, ready, score, trend, way, estimate, findings, past };
}

const ANSWERS = {
  yes: 'yes',
  no: 'no: a rollback would not work now',
  unknown: 'unknown: something could not be read',
} as const;

/** Formats a check for a terminal. */
export function toText(checked: Kept): string {
  return [checked.target, ...linesOf(checked)].join('\n');
}

/** Returns the answer, the estimate, the score, and each finding with its cure. */
export function linesOf({ ready, way, estimate, score, trend, findings, at }: Kept): readonly string[] {
  const how = way === null ? 'there is no way back' : `${way.does}, from ${way.from} (rung ${way.rung})`;
  return [
    `  ready  ${ANSWERS[ready]}`,
    `  how    ${how}`,
    `  takes  ${takes(estimate)}`,
    `  score  ${score} of 100, ${trend === 'first' ? 'the first check' : trend}, as of ${minuteOf(at)} UTC`,
    ...findings.flatMap(({ id, severity, says, cure }) => ['', `${severity}: ${says} [${id}]`, `  ${cure}`]),
    ...(findings.length === 0 ? ['', 'Nothing was found.'] : []),
  ];
}

function takes(estimate: Estimate | null): string {
  if (estimate === null) return 'not known: nothing of this target was measured';
  const { seconds, rollbacks, deployments, rehearsal } = estimate;
  const of = [counted(rollbacks, 'rollback'), counted(deployments, 'deployment')].filter(
    (text) => text !== '',
  );
  const rehearsed =
    rehearsal === undefined
      ? ''
      : `; ${inMinutes(rehearsal.seconds)} in the rehearsal of ${minuteOf(rehearsal.at)} UTC (${nameOf(rehearsal.execution)})`;
  return `about ${inMinutes(seconds)}, the median of ${of.join(' and ')}${rehearsed}`;
}

function counted(count: number, what: string): string {
  if (count === 0) return '';
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** Formats the last checks of all targets. */
export function toTable(all: readonly Kept[]): string {
  if (all.length === 0)
    return 'No check is kept. Each tagged target is checked within a day, and a check is dropped when its target is gone.';
  return tableOf([['TARGET', 'READY', 'SCORE', 'TREND', 'CHECKED', 'WORST FINDING'], ...all.map(rowOf)]);
}

function rowOf({ target, ready, score, trend, at, findings }: Kept): readonly string[] {
  return [target, ready, String(score), trend, minuteOf(at), findings[0]?.says ?? ''];
}
