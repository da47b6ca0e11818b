import { planHash } from '../../approvals/plan-hash.ts';
import type { Plan } from '../../rollback/plan.ts';
import { confidenceIn, type Verdict } from '../../rollback/verdict.ts';
import { BUTTON, type Confirm } from '../buttons.ts';
import { code, escape, prose, sentence } from '../escape.ts';
import type { Message } from '../web-api.ts';
import { buttons, list, note, paragraph, paragraphs } from './blocks.ts';
import { say } from './answers.ts';

/** A plan for the person who requested it. */
export interface Shown {
  readonly target: string;
  readonly reason: string;
  /** The revision that the person named; absent: none. */
  readonly revision?: string | undefined;
  readonly user: string;
  readonly plan: Plan;
  readonly verdict: Verdict;
}

/** Returns the plan and the objections to it, with buttons if there is something to confirm. */
export function planMessage(shown: Shown): Message {
  const { target, plan, verdict } = shown;
  if (plan.state === 'nothing-to-do' || plan.state === 'no-way-back')
    return say(`${code(target)}: ${prose(plan.reason, 1500)}`);
  const text = `Plan for ${target}`;
  const longest = plan.rungs.reduce((sum, { withinSeconds }) => sum + withinSeconds, 0);
  const blocks = [
    paragraph(`*Roll ${code(target)} back from ${code(plan.from.name)} to ${code(plan.to.name)}?*`),
    paragraph(
      rungsOf(
        plan.rungs.map(({ does, withinSeconds }) => ({ does: `${does} (within ${minutes(withinSeconds)})` })),
      ),
    ),
    note(
      `${SOURCES[plan.source]}; after at most ${minutes(longest)} it has settled or failed${weightOf(verdict)}`,
    ),
    ...changesOf(plan.changes),
    ...notesOf(plan.notes ?? [], verdict.against ?? []),
  ];
  if (verdict.verdict === 'skip' || verdict.verdict === 'observe')
    return { text, blocks: [...blocks, paragraph('So Lastgood would not roll back.')] };
  return { text, blocks: [...blocks, confirmOrCancel(shown, plan)] };
}

function weightOf(verdict: Verdict): string {
  const confidence = confidenceIn('confidence' in verdict ? verdict : {});
  return confidence === null ? '' : ` · ${confidence}`;
}

/** Lists the rungs. The next one is tried where the one before it fails. */
export function rungsOf(rungs: readonly { readonly does: string }[]): string {
  return list(rungs.map(({ does }, index) => `${index === 0 ? '' : 'else '}${escape(does)}`));
}

/** Formats the changes. Absent means not read, an empty list means none: the two must not read alike. */
export function changesOf(changes: readonly string[] | undefined) {
  if (changes === undefined) return [note(NOT_READ)];
  if (changes.length === 0) return [note('AWS shows no difference between them.')];
  const [first = '', ...rest] = changes.map((one) => `• ${escape(one)}`);
  return paragraphs([`*Changes*\n${first}`, ...rest]);
}

const NOT_READ = `The changes between them were not read. ${code('lastgood plan TARGET')} lists those that AWS shows.`;

function notesOf(notes: readonly string[], against: readonly string[]) {
  return [
    ...(against.length === 0
      ? []
      : [paragraph(`*Objections*\n${list(against.map((one) => sentence(one)))}`)]),
    ...(notes.length === 0 ? [] : [note(notes.map((one) => prose(one)).join(' '))]),
  ];
}

function confirmOrCancel(shown: Shown, plan: Extract<Plan, { readonly rungs: unknown }>) {
  const { target, reason, revision, user, verdict } = shown;
  const confirm: Confirm = {
    target,
    plan: planHash(plan),
    reason: reason.slice(0, 500),
    user,
    ...(revision !== undefined && { revision }),
    ...(verdict.asks && { shown: [...verdict.asks] }),
  };
  return buttons(
    { id: BUTTON.confirm, label: 'Roll back', style: 'danger', value: JSON.stringify(confirm) },
    { id: BUTTON.cancel, label: 'Cancel', value: 'cancel' },
  );
}

export const SOURCES = {
  ledger: 'proven in the ledger',
  deployments: 'found in the history of deployments',
  request: 'the revision that you named',
  owner: 'chosen by the system that owns the target',
} as const;

export function minutes(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds / 60));
  return `${whole} minute${whole === 1 ? '' : 's'}`;
}
