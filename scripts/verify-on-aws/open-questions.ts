import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The page of open questions. */
const PAGE = path.resolve(import.meta.dirname, '../../docs/unknown.md');

/** Returns the ids of all open questions, in the order of the page. */
export function openQuestions(page: string = readFileSync(PAGE, 'utf8')): readonly string[] {
  return [...page.matchAll(/^- `([a-z0-9-]+)` \*\*/gm)].map(([, id = '']) => id);
}
