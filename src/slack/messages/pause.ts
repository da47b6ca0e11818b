import type { Detail } from '../../events/details.ts';
import { code, escape, moment, person } from '../escape.ts';
import type { Message } from '../web-api.ts';
import { clock, note, paragraph } from './blocks.ts';

/** Longer reasons are cut. */
const MAX_REASON_CHARACTERS = 1000;

/** The reason of a pause, and who paused. */
type Said = Pick<Detail<'Lastgood Paused'>, 'because' | 'by'>;

/** Returns who paused and why, after "paused". */
function whoAndWhy({ because, by }: Said): string {
  const who = by === undefined ? '' : ` by ${person(by)}`;
  return `${who}${because === undefined ? '' : `: ${escape(because, MAX_REASON_CHARACTERS)}`}`;
}

/** Returns the message of the channel about a pause. Each hour brings another one. */
export function pausedOf(paused: Detail<'Lastgood Paused'>): Message {
  const headline = ':no_entry: Lastgood is paused';
  return {
    text: headline,
    blocks: [
      paragraph(`*${headline}* since ${moment(paused.since)}${whoAndWhy(paused)}`),
      note(
        `Lastgood changes nothing, and rollbacks wait for at most four hours. ${code('/rollback resume')} ends the pause.`,
      ),
    ],
  };
}

export function resumedOf({ by, pausedSince }: Detail<'Lastgood Resumed'>): Message {
  const headline = ':arrow_forward: Lastgood acts again';
  const who = by === undefined ? '' : `, resumed by ${person(by)}`;
  return {
    text: headline,
    blocks: [paragraph(`*${headline}*${who}. It was paused since ${moment(pausedSince)}.`)],
  };
}

/** Returns the line about a pause in the thread of a rollback that waited for its end. */
export function heldLine(held: Detail<'Rollback Paused'>, isOver: boolean): string {
  const says = isOver ? 'waited, because Lastgood was paused' : 'waits, because Lastgood is paused';
  return `${clock(held.waitsSince)} ${says}${whoAndWhy(held)}`;
}
