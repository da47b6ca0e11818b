import type { Plan } from '../../../src/rollback/plan.ts';
import { confidenceIn, type Verdict } from '../../../src/rollback/verdict.ts';
import { minutes, SOURCES } from '../../../src/slack/messages/plan.ts';
import { minuteOf } from '../table.ts';

/** Formats a plan for a terminal: from, to, how, changes, the clues for and against it, the verdict. */
export function textOf(target: string, plan: Plan, verdict: Verdict): string {
  if (plan.state === 'nothing-to-do') return `${target}: nothing to do: ${plan.reason}`;
  if (plan.state === 'no-way-back') return `${target}: no way back: ${plan.reason}`;
  const how = plan.rungs.map(
    ({ does, withinSeconds }, index) =>
      `${index === 0 ? '' : 'else '}${does} (within ${minutes(withinSeconds)})`,
  );
  const joins = plan.state === 'join' ? ['AWS is going back already: a rollback would join it.'] : [];
  return [
    target,
    `  from     ${plan.from.name}`,
    `  to       ${plan.to.name}, ${SOURCES[plan.source]}`,
    `  verdict  ${verdictOf(verdict)}, as of ${minuteOf(verdict.at)} UTC`,
    ...sectionOf('How', how),
    ...sectionOf('Changes', changesOf(plan.changes)),
    ...sectionOf('What speaks for it', without(verdict.reasons, verdict.against)),
    ...sectionOf('Objections', verdict.against ?? []),
    ...sectionOf('Notes', [...joins, ...(plan.notes ?? [])]),
  ].join('\n');
}

function verdictOf(verdict: Verdict): string {
  const confidence = confidenceIn('confidence' in verdict ? verdict : {});
  return `${MEANINGS[verdict.verdict]}${confidence === null ? '' : `, ${confidence}`}`;
}

const MEANINGS = {
  act: 'act: Lastgood would go back at once',
  'look-again': 'look-again: Lastgood would look again in some minutes',
  ask: 'ask: Lastgood would ask a person first',
  observe: 'observe: Lastgood would only watch',
  skip: 'skip: Lastgood would not go back',
} as const;

/** Formats the changes. Absent means not read, an empty list means none: the two must not read alike. */
function changesOf(changes: readonly string[] | undefined): readonly string[] {
  if (changes === undefined) return ['not read: AWS does not show them'];
  return changes.length === 0 ? ['nothing that AWS shows'] : changes;
}

function without(reasons: readonly string[], against: readonly string[] = []): readonly string[] {
  return reasons.filter((reason) => !against.includes(reason));
}

function sectionOf(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}
