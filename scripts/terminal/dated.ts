import { withPeople } from '../../src/rollback/readable.ts';

/** Writes the instants in a text as `2026-11-22 02:14:56 UTC`, because a command shows what may be days old; and people. */
export function dated(text: string): string {
  return withPeople(text).replaceAll(/(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d{1,9})?Z/g, '$1 $2 UTC');
}
