import { withPeople } from '../rollback/readable.ts';

/** Text that is HTML already. Only `html` and `trusted` make it. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

export type Insertable = string | number | Markup | null | readonly Insertable[];

/** Writes HTML. Escapes every inserted text; leaves out null; joins lists. */
export function html(parts: TemplateStringsArray, ...inserted: readonly Insertable[]): Markup {
  return new Markup(
    parts
      .map((part, index) => part + (index < inserted.length ? written(inserted[index] ?? null) : ''))
      .join(''),
  );
}

/** Marks a text as HTML. Never call it with a text from outside. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

function written(value: Insertable): string {
  if (value === null) return '';
  if (value instanceof Markup) return value.html;
  if (typeof value === 'object') return value.map(written).join('');
  return escape(String(value));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes a text for the content of an element or a quoted attribute. */
export function escape(text: string): string {
  return plain(text).replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] ?? '');
}

/**
 * Replaces control and direction characters by spaces: they could make one text look like another. Ends of lines and
 * tabs stay.
 */
export function plain(text: string): string {
  return text.toWellFormed().replaceAll(/(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}

const INSTANT = /((\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d{1,9})?Z)/;

/** Writes the instants in a sentence as a clock shows them, with the whole one as title, and people as a page can. */
export function prose(sentence: string): Markup {
  return withInstants(sentence, (_, clock) => clock);
}

/** Writes the instants with their day: what was gathered may be older than the rollback. */
export function dated(lines: string): Markup {
  return withInstants(lines, (day, clock) => `${day} ${clock}`);
}

function withInstants(text: string, shown: (day: string, clock: string) => string): Markup {
  const parts = withPeople(text).split(INSTANT);
  const written = parts.map((part, index): Insertable => {
    if (index % 4 === 0) return part;
    if (index % 4 !== 1) return null;
    const [day = '', clock = ''] = parts.slice(index + 1);
    return html`<time datetime="${part}" title="${part}">${shown(day, clock)} UTC</time>`;
  });
  return html`${written}`;
}
