import type { Detail } from '../../events/details.ts';
import { BUTTON, type OfStorm } from '../buttons.ts';
import { code, escape, person } from '../escape.ts';
import type { Message } from '../web-api.ts';
import { buttons, clock, list, note, paragraph, type Button } from './blocks.ts';

type Storm = Detail<'Rollback Storm Updated'>;

const HEADLINES = {
  asking: ':tornado: Asking whether to roll back',
  answered: ':tornado: A storm',
  ended: ':white_check_mark: A storm has ended:',
} as const;

/** Returns the one message of a storm. It has buttons while targets wait for an answer. */
export function stormOf(storm: Storm): Message {
  const { state, says, answer, dirty, examples, choices } = storm;
  const headline = `${HEADLINES[state]} ${escape(says, 600)}`;
  const isAsking = state === 'asking' && storm.list !== undefined;
  const more = choices.all - examples.length;
  return {
    text: headline,
    blocks: [
      paragraph(`*${headline}*`),
      ...(answer === undefined ? [] : [paragraph(answerOf(answer))]),
      ...(isAsking
        ? [
            paragraph(`${examples.map(code).join(', ')}${more > 0 ? ` and ${more} more` : ''}`),
            ...(storm.answerBy === undefined
              ? []
              : [paragraph(`Answer by ${clock(storm.answerBy)}. Without an answer, Lastgood does nothing.`)]),
            buttons(...buttonsOf(storm)),
          ]
        : []),
      ...(dirty.length === 0 ? [] : [paragraph(`A person must look now:\n${list(dirty.map(code))}`)]),
      note(countsOf(storm)),
    ],
  };
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
  waiting: 'wait',
  goingBack: 'go back',
  rolledBack: 'are rolled back',
  skipped: 'were skipped',
  failedClean: 'could not go back',
  failedDirty: 'need a person',
} as const;

function countsOf({ counts, alarming }: Storm): string {
  const names = Object.keys(COUNTED) as (keyof typeof COUNTED)[];
  const shown = names.flatMap((name) => (counts[name] > 0 ? [`${counts[name]} ${COUNTED[name]}`] : []));
  return shown.length > 0 ? shown.join(' · ') : `${alarming} are being judged`;
}
