/** Cuts a text that is kept in the document, which Step Functions limits. An ellipsis shows that it was cut. */
export function shorten(text: string, maxCharacters: number): string {
  return text.length <= maxCharacters ? text : `${text.slice(0, maxCharacters - 1)}…`;
}
