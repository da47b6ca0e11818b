import { ENDED_BADLY, FINE, type Status } from '../command-line/status.ts';
import { costOf, totalOf } from './cost.ts';
import type { Course } from './course.ts';
import { PRICED_AT } from './prices.ts';
import type { Answer } from './questions/question.ts';
import { removalOf } from './stacks.ts';
import type { Found } from './verify.ts';

/**
 * Returns the report, in lines.
 * @param open ids of all open questions
 */
export function reportOf(found: Found, open: readonly string[], region: string): readonly string[] {
  const answered = new Set(found.answers.map(({ id }) => id));
  const others = open.filter((id) => !answered.has(id));
  return [
    ...(found.isInterrupted ? ['Interrupted.'] : []),
    'Parts',
    ...found.courses.map(courseLine),
    'Questions',
    ...found.answers.flatMap(({ id, looksAt, assumed, answer }) => [
      `  ${id}: ${answer.is}`,
      `    looked at: ${looksAt}`,
      `    assumed: ${assumed}`,
      `    ${answer.is === 'not seen' ? 'why' : 'found'}: ${textOf(answer)}`,
    ]),
    `Still open, as this run cannot show them: ${others.length === 0 ? 'none' : others.join(', ')}`,
    ...costLines(found),
    ...leftLines(found, region),
  ];
}

function courseLine({ part, target, ended, releasedAt, execution }: Course): string {
  const endedAt = execution?.endedAt?.getTime();
  const took =
    endedAt === undefined ? '' : `, ${Math.round((endedAt - releasedAt) / 60_000)} min after the release`;
  const reason = execution?.document.outcome?.reason;
  return `  ${part.name}: ${ended}${took} (${target})${reason === undefined ? '' : `: ${reason}`}`;
}

function textOf(answer: Answer): string {
  return answer.is === 'not seen' ? answer.why : answer.found;
}

function costLines(found: Found): readonly string[] {
  const costs = costOf(found);
  const minutes = Math.round(found.hours * 60);
  return [
    `Cost: about ${dollars(totalOf(costs))} for ${minutes} minutes (prices: ${PRICED_AT})`,
    ...costs.map(({ what, dollars: amount }) => `  ${dollars(amount)}  ${what}`),
  ];
}

function dollars(amount: number): string {
  return `$${amount.toFixed(3)}`;
}

function leftLines({ left }: Found, region: string): readonly string[] {
  if (left.size === 0) return ['Left in the account: nothing'];
  const stacks = [...left].map(([stack, { length }]) => `the stack ${stack}, with ${length} resources`);
  return [
    `Left in the account: ${stacks.join(', and ')}. Remove it: ${removalOf([...left.keys()], region)}`,
    ...[...left.values()].flat().map((one) => `  ${one}`),
  ];
}

/** Returns the exit status: fine if all was rolled back and as assumed, and nothing is left unasked. */
export function statusOf({ parts, courses, answers, left, isInterrupted }: Found, keep: boolean): Status {
  const isBack = courses.length === parts.length && courses.every(({ ended }) => ended === 'rolled-back');
  const isAssumed = answers.every(({ answer }) => answer.is !== 'otherwise');
  const isClean = keep || left.size === 0;
  return isBack && isAssumed && isClean && !isInterrupted ? FINE : ENDED_BADLY;
}
