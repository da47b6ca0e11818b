import type { SpellingOfKind } from '../spelled.ts';
import { readDivision, WEIGHTS } from '../weights.ts';

export const spelling: SpellingOfKind = { read: readDivision, severalWords: WEIGHTS };
