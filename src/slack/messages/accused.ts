import type { Detail } from '../../events/details.ts';
import { code, prose } from '../escape.ts';
import type { Message } from '../web-api.ts';
import { note, paragraphs } from './blocks.ts';

/** As many as fit into one message, however long their escapes are. */
const MAX_SENTENCES = 6;
const MAX_SENTENCE_CHARACTERS = 300;

/** The longest name of a target, and the words around it. */
const MAX_COMMAND_CHARACTERS = 1_100;

/** Returns the one message about an accusation of a lookout that only observes. */
export function accusedOf({ target, revision, says }: Detail<'Lookout Accused'>): Message {
  const headline = `:telescope: The lookout accuses ${code(revision.name)} of ${code(target)}`;
  const more = says.length - MAX_SENTENCES;
  const command = code(`npx --no-install lastgood lookout ${target}`, MAX_COMMAND_CHARACTERS);
  return {
    text: headline,
    blocks: [
      ...paragraphs([
        `*${headline}*`,
        ...says.slice(0, MAX_SENTENCES).map((one) => `• ${prose(one, MAX_SENTENCE_CHARACTERS)}`),
        ...(more > 0 ? [`• and ${more} more`] : []),
      ]),
      note(
        `Nothing was done, because the target is tagged ${code('lastgood:lookout')} = ${code('observe')}. ` +
          `How often its lookout was right: ${command}`,
      ),
    ],
  };
}
