import { readableReason } from '../../rollback/readable.ts';
import { code, escape } from '../escape.ts';
import type { OwnAlarm } from '../threads.ts';
import type { Message } from '../web-api.ts';
import { clock, note, paragraph } from './blocks.ts';

const MAX_CHARACTERS = 1_000;

/** Returns the one message about an alarm on Lastgood itself. After its end the message says so. */
export function alarmedOf({ name, at, description, reason }: OwnAlarm, calmed?: OwnAlarm): Message {
  const headline =
    calmed === undefined
      ? `:rotating_light: Lastgood itself: the alarm ${code(name)} is red`
      : `:white_check_mark: Lastgood itself: the alarm ${code(name)} was red from ${clock(at)} to ${clock(calmed.at)}`;
  return {
    text: headline,
    blocks: [
      paragraph(`*${headline}*`),
      ...(description === undefined ? [] : [paragraph(escape(description, MAX_CHARACTERS))]),
      note(escape(readableReason((calmed ?? { reason }).reason), MAX_CHARACTERS)),
    ],
  };
}
