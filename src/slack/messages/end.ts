import { CAUSE_TITLES } from '../../rollback/evidence.ts';
import { secondsBetween } from '../../rollback/time.ts';
import { code, prose, sentence } from '../escape.ts';
import type { Story } from '../threads.ts';
import { isSuperseded } from '../superseded.ts';
import type { Message } from '../web-api.ts';
import { BUTTON } from '../buttons.ts';
import { buttons, clock, list, note, paragraph, paragraphs } from './blocks.ts';

type End = NonNullable<Story['ended']>;

const OUTCOMES = {
  'rolled-back': ':white_check_mark: Rolled back',
  skipped: ':fast_forward: Skipped',
  'failed-clean': ':x: Could not go back, nothing was changed:',
  'failed-dirty': ':rotating_light: A person must look now:',
} as const;

const REHEARSAL = {
  back: ':performing_arts: Rehearsal, the way back',
  forward: ':performing_arts: Rehearsal, the way forward',
} as const;

/** How one way of a rehearsal ended. */
const ENDS = {
  'rolled-back': 'is proven:',
  skipped: 'was refused:',
  'failed-clean': 'failed, nothing was changed:',
  'failed-dirty': 'failed, and a person must look now:',
} as const;

/** Returns the current state, for the first line of a thread. */
export function headlineOf(story: Story): string {
  const { ended, reverted, stopped, question, planned, started, held } = story;
  const way = (started ?? planned ?? question ?? stopped ?? reverted ?? ended)?.rehearsal;
  if (way !== undefined)
    return `${REHEARSAL[way]} ${ended === undefined ? 'under way:' : ENDS[ended.outcome]}`;
  if (ended !== undefined) return OUTCOMES[ended.outcome];
  if ((reverted ?? stopped) !== undefined) return ':rewind: Rolling back';
  const isAsked = question !== undefined && (!isSuperseded(story) || planned?.verdict.verdict === 'ask');
  if (isAsked) return ':raised_hand: Asking whether to roll back';
  if (planned?.verdict.verdict !== 'act') return ':eyes: Looking at';
  if (planned.plan === 'no-way-back') return ':x: Cannot go back:';
  return held === undefined ? ':rewind: Rolling back' : ':no_entry: Paused before rolling back';
}

/** Returns the outcome, the recovery times, and the advice. */
export function endOf(end: End): Message {
  const text = `${OUTCOMES[end.outcome]} ${reasonOf(end, 500)}`;
  const times = timesOf(end);
  return {
    text,
    blocks: [
      paragraph(`*${OUTCOMES[end.outcome]}*\n${reasonOf(end, 1500)}`),
      ...causeOf(end),
      ...(end.advice.length === 0 ? [] : [paragraph(`*Next*\n${list(end.advice.map((one) => prose(one)))}`)]),
      ...signsOf(end),
      ...(times === '' ? [] : [note(times)]),
      ...reportOf(end),
    ],
  };
}

/** Returns the signs of health, and when they were seen: other words of the end may be newer. */
function signsOf({ signs = [], times }: End) {
  if (signs.length === 0) return [];
  const title = times?.lookedAt === undefined ? [] : [`*Seen at ${clock(times.lookedAt)}*`];
  const lines = list(signs.map(({ of, state, says }) => prose(`${of}: ${state}, ${says}`, 200)));
  return [paragraph([...title, lines].join('\n'))];
}

/** Returns the likely cause, and the lines of the evidence on which it rests. Empty: none is known. */
function causeOf({ triage }: End) {
  if (triage === undefined || triage.cause === 'unknown') return [];
  const { cause, says, because } = triage;
  const lines = because.map((line) => `>${code(line, MAX_LINE_CHARACTERS)}`);
  return paragraphs([`*Likely cause: ${CAUSE_TITLES[cause]}*`, prose(says, MAX_LINE_CHARACTERS), ...lines]);
}

/** The evidence has longer lines; the report shows them whole. */
const MAX_LINE_CHARACTERS = 300;

/** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
const MAX_VALUE_CHARACTERS = 2_000;

/** Returns the button that opens the report. Who may see it is known by the target. */
function reportOf({ report, target, execution }: End) {
  if (report === undefined || target === undefined) return [];
  const value = JSON.stringify({ target, execution });
  if (value.length > MAX_VALUE_CHARACTERS) return [];
  return [buttons({ id: BUTTON.report, label: 'Open the report', value })];
}

/**
 * Returns the reason of the outcome. If it ends with the judge's sentences, each is formatted as a sentence of its own,
 * because each may begin with a person.
 */
function reasonOf({ reason, verdict }: End, most: number): string {
  const said = verdict?.reasons ?? [];
  const judged = said.join(' ');
  if (judged === '' || reason.length > most || !reason.endsWith(judged)) return sentence(reason, most);
  const before = reason.slice(0, -judged.length);
  return [...(before === '' ? [] : [prose(before)]), ...said.map((one) => sentence(one, most))].join(' ');
}

/** Returns the recovery times, counted from the trigger, or from the start if the trigger's time is not known. */
function timesOf({ times, startedAt, endedAt }: End): string {
  const since = times?.triggeredAt ?? startedAt;
  if (since === undefined) return '';
  const first = times?.stoppedAt ?? times?.revertedAt;
  const marks = [
    first !== undefined && `first action after ${lasted(since, first)}`,
    times?.healthySince !== undefined && `healthy after ${lasted(since, times.healthySince)}`,
    times?.provenAt !== undefined && `proven after ${lasted(since, times.provenAt)}`,
    `ended after ${lasted(since, endedAt)}`,
  ];
  return marks.filter((mark) => mark !== false).join(' · ');
}

function lasted(from: string, to: string): string {
  const seconds = Math.max(0, Math.round(secondsBetween(from, to)));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
