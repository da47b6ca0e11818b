/** Writes the instants in a text as `2026-11-22 02:14:56 UTC`. A command shows what may be days old. */
export function dated(text: string): string {
  return text.replaceAll(/(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d{1,9})?Z/g, '$1 $2 UTC');
}
