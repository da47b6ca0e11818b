import { either, unclear, type Spelling, type SpellingOfKind } from '../spelled.ts';

const EXECUTION = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const NAME = /^\S+@[0-9a-f]{8}$/i;
const HEX = /^[0-9a-f]{7,40}$/i;

/** Names hold so many digits of a commit (functions/mechanisms/pipeline/revision.ts). */
const COMMIT_DIGITS = 7;

/**
 * Reads an execution: its id, the name that Lastgood shows (`c0ffee1@1f2e3d4c`), the beginning of its id, or its commit.
 * Names have the first seven digits of a commit, so a longer one may be another.
 */
function read(text: string): Spelling {
  if (EXECUTION.test(text)) return either(text.toLowerCase());
  if (NAME.test(text)) return either(text);
  if (!HEX.test(text))
    return unclear(`${text} names no execution of the pipeline: give its id or its commit`);
  const digits = text.toLowerCase();
  const commitOf = (name: string) => name.split('@')[0]?.toLowerCase();
  return {
    state: 'clear',
    is: ({ id, name }) =>
      commitOf(name) === digits || (digits.length > COMMIT_DIGITS && id.startsWith(digits)),
    mayBe: ({ name }) => digits.length > COMMIT_DIGITS && commitOf(name) === digits.slice(0, COMMIT_DIGITS),
  };
}

export const spelling: SpellingOfKind = { read };
