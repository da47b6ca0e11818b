import type { AnyMessageBlock } from 'slack-edge';
import type { Detail } from '../../events/details.ts';
import { BUTTON, type OfStorm } from '../buttons.ts';
import { code, escape, person, prose } from '../escape.ts';
import type { Message } from '../web-api.ts';
import { buttons, clock, note, paragraph, type Button } from './blocks.ts';

type Storm = Detail<'Rollback Storm Updated'>;

/** Characters of names in one paragraph, which has room for 3000. */
const MAX_NAME_CHARACTERS = 2_500;

/** Returns the one message of a storm. It has buttons while targets wait for an answer. */
export function stormOf(storm: Storm): Message {
  const { says, answer, dirty } = storm;
  const headline = `${headlineOf(storm)} ${escape(says, 600)}`;
  return {
    text: headline,
    blocks: [
      paragraph(`*${headline}*`),
      ...(answer === undefined ? [] : [paragraph(answerOf(answer))]),
      ...questionOf(storm),
      ...(storm.unanswered === 0 ? [] : [paragraph(unansweredOf(storm))]),
      ...(dirty.length === 0
        ? []
        : [paragraph(`A person must look now: ${namesOf(dirty, storm.counts.failedDirty)}`)]),
      note(countsOf(storm)),
    ],
  };
}

function unansweredOf({ unanswered }: Storm): string {
  const were = unanswered === 1 ? '1 question was' : `${unanswered} questions were`;
  return `${were} not answered in time, so Lastgood did nothing there.`;
}

/** An end is marked as good only where every target runs its last known good revision. */
function headlineOf({ state, alarming, counts }: Storm): string {
  switch (state) {
    case 'asking':
      return ':tornado: Roll back?';
    case 'gathering':
    case 'answered':
      return ':tornado: A storm:';
    case 'ended':
      if (counts.failedDirty > 0) return ':rotating_light: A storm has ended:';
      return `${counts.rolledBack === alarming ? ':white_check_mark:' : ':warning:'} A storm has ended:`;
  }
}

function questionOf(storm: Storm): readonly AnyMessageBlock[] {
  const { state, list: digest, examples, choices, answerBy, paused } = storm;
  if (state !== 'asking' || digest === undefined) return [];
  const silence =
    answerBy === undefined
      ? []
      : [paragraph(`Answer by ${clock(answerBy)}. Without an answer, Lastgood does nothing.`)];
  const held = paused === undefined ? [] : [note(prose(`${paused}. Approved rollbacks wait for its end.`))];
  return [paragraph(namesOf(examples, choices.all)), ...silence, ...held, buttons(...buttonsOf(storm))];
}

/** Lists as many names as fit, and counts the rest of `all`. A name is never cut, because its markup would be lost. */
function namesOf(names: readonly string[], all: number): string {
  const shown: string[] = [];
  let characters = 0;
  for (const name of names.map((one) => code(one))) {
    characters += name.length + 2;
    if (characters > MAX_NAME_CHARACTERS) break;
    shown.push(name);
  }
  const more = Math.max(all, names.length) - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function buttonsOf({ storm, list: digest = '', choices }: Storm): readonly Button[] {
  const value = (choice: OfStorm['choice']) =>
    JSON.stringify({ storm, list: digest, choice } satisfies OfStorm);
  return [
    {
      id: `${BUTTON.storm}.all`,
      label: `Roll back all ${choices.all}`,
      style: 'danger',
      value: value('all'),
    },
    ...(choices.own > 0
      ? [{ id: `${BUTTON.storm}.own`, label: `Those with own proof: ${choices.own}`, value: value('own') }]
      : []),
    { id: `${BUTTON.storm}.none`, label: 'None', value: value('none') },
  ];
}

const CHOICES = { all: 'all', own: 'those with their own proof', none: 'none' } as const;

function answerOf({ choice, by, at, targets, leftOut }: NonNullable<Storm['answer']>): string {
  const left = [
    leftOut.forbidden > 0 ? `${leftOut.forbidden} that this person may not touch` : null,
    leftOut.twoPeople > 0 ? `${leftOut.twoPeople} that need a second person` : null,
  ].filter((one) => one !== null);
  const without = left.length === 0 ? '' : ` Left out: ${left.join(', ')}.`;
  return `${person(by)} answered at ${clock(at)}: ${CHOICES[choice]} (${targets}).${without}`;
}

const COUNTED = {
  waiting: 'waiting',
  goingBack: 'going back',
  rolledBack: 'rolled back',
  skipped: 'skipped',
  failedClean: 'could not go back',
  failedDirty: 'need a person',
} as const;

function countsOf({ counts, alarming }: Storm): string {
  const names = Object.keys(COUNTED) as (keyof typeof COUNTED)[];
  const shown = names.flatMap((name) => (counts[name] > 0 ? [`${counts[name]} ${COUNTED[name]}`] : []));
  return shown.length > 0 ? shown.join(' · ') : `${alarming} being judged`;
}
