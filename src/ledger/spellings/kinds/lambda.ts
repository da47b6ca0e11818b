import { readVersion } from '../function-version.ts';
import type { SpellingOfKind } from '../spelled.ts';

export const spelling: SpellingOfKind = { read: readVersion };
