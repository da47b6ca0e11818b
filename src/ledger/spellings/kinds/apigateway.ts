import { isNamed, unclear, type SpellingOfKind } from '../spelled.ts';

/** The id of a deployment, alone or with its stage variables. */
const TEXT = /^[a-z0-9]+(?:\?\S+)?$/;

/** Reads `abc123?backend=v1`, and `abc123`, which may be that deployment with any variables. */
export const spelling: SpellingOfKind = {
  read: (text) => {
    if (!TEXT.test(text)) return unclear(`${text} is no deployment of an API: give its id`);
    return { state: 'clear', is: isNamed([text]), mayBe: ({ id }) => id.startsWith(`${text}?`) };
  },
};
