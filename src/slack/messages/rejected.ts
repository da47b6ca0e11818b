import type { Detail } from '../../events/details.ts';
import { code, escape } from '../escape.ts';
import type { Message } from '../web-api.ts';
import { note, paragraph } from './blocks.ts';

const MAX_CHARACTERS = 1_000;

/** Returns the message about an alarm, or a word of its tag, that starts no rollback. */
export function rejectedOf({ alarm = '', field, problem }: Detail<'Rollback Rejected'>): Message {
  const headline = `:warning: The alarm ${code(alarm)} turned to ALARM and names no target that Lastgood can use`;
  return {
    text: headline,
    blocks: [
      paragraph(`*${headline}*`),
      paragraph(escape(`${field}: ${problem}`, MAX_CHARACTERS)),
      note('No rollback began for it. Mend the tag, and ask for the rollback with `/rollback TARGET`.'),
    ],
  };
}
