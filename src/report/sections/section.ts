import { html, prose, type Insertable, type Markup } from '../markup.ts';

/** A part of the page with a heading. Null: it has nothing to show, and is left out. */
export function section(title: string, content: Insertable): Markup | null {
  return content === null
    ? null
    : html`<section>
        <h2>${title}</h2>
        ${content}
      </section>`;
}

/** The most lines of one list, and the most characters of one line: a report is a page, and the document has all. */
const MAX_LINES = 40;
const MAX_CHARACTERS = 600;

/** Returns the lines that the page shows, cut, and a last one that counts the others. */
export function shownLines(lines: readonly string[], most = MAX_LINES): readonly string[] {
  const shown = lines.slice(0, most).map((line) => cut(line));
  const others = lines.length - shown.length;
  return others > 0 ? [...shown, `… and ${others} more, in the document below`] : shown;
}

/** Returns the words that the page shows of a sentence. */
export function said(text: string, most = MAX_CHARACTERS): Markup {
  return prose(cut(text, most));
}

export function cut(text: string, most = MAX_CHARACTERS): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** Returns a list of sentences; null for none. */
export function listOf(lines: readonly string[], kind = ''): Markup | null {
  if (lines.length === 0) return null;
  return html`<ul class="${kind}">
    ${shownLines(lines).map((line) => html`<li>${prose(line)}</li>`)}
  </ul>`;
}

/** Returns a table that can be scrolled sideways, so that the page cannot. */
export function tableOf(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly Insertable[])[],
): Markup {
  return html`<div class="table" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${head.map((one) => html`<th scope="col">${one}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([first = '', ...rest]) =>
            html`<tr>
              <th scope="row">${first}</th>
              ${rest.map((one) => html`<td>${one}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
