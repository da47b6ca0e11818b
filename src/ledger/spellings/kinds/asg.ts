import { readTemplateVersion } from '../template-version.ts';
import type { SpellingOfKind } from '../spelled.ts';

export const spelling: SpellingOfKind = { read: readTemplateVersion };
