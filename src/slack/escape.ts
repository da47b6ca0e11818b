import { isBlank } from '../rollback/blank.ts';

/**
 * Escapes untrusted text for a message.
 * - `&`, `<` and `>` are Slack's control characters. Unescaped, they could write links or notify a whole channel.
 *   https://docs.slack.dev/messaging/formatting-message-text#escaping
 * - Control and direction characters could make one text look like another. They become spaces.
 * - A backtick would end the fixed-width text around it. Slack has no escape for it, so a look-alike replaces it.
 * - Slack refuses a whole message for one empty text. A blank text becomes a dash.
 *   https://docs.slack.dev/reference/block-kit/composition-objects/text-object
 * @param most characters that are kept; an ellipsis replaces the rest
 */
export function escape(words: string, most = 500): string {
  const plain = isBlank(words) ? '–' : words.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return clipped(plain, most)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('`', 'ˋ');
}

/** Cuts a plain text to at most so many characters. An ellipsis replaces the rest. */
export function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** Formats a name in fixed width, so that Slack reads no markup in it. */
export function code(name: string, most = 300): string {
  return `\`${escape(name, most)}\``;
}

/**
 * Formats a sentence of Lastgood's. Where it begins with `slack:USER`, Slack shows that person's name. The rest may
 * quote untrusted text, so it mentions no person: such a text could notify people.
 */
export function sentence(words: string, most?: number): string {
  const [, by, rest] = /^(slack:[UW][A-Z0-9]{1,30})( .*)$/s.exec(words) ?? [];
  return by === undefined || rest === undefined ? prose(words, most) : `${person(by)} ${prose(rest, most)}`;
}

/** Escapes a text. Slack shows its instants in the reader's own time zone. */
export function prose(words: string, most?: number): string {
  return withMoments(escape(words, most));
}

/** Replaces each instant, so that Slack shows it in the reader's own time zone. */
function withMoments(escaped: string): string {
  return escaped.replaceAll(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, moment);
}

/**
 * Formats a time with its day, for what may be long ago. A client without this feature shows UTC.
 * https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 */
export function moment(instant: string): string {
  const seconds = Math.floor(Date.parse(instant) / 1000);
  if (Number.isNaN(seconds)) return instant;
  return `<!date^${seconds}^{date_short_pretty} {time}|${instant.slice(0, 16).replace('T', ' ')} UTC>`;
}

/** Mentions a person: Slack shows the name instead of the id. `by` has the form of Lastgood's events. */
export function person(by: string): string {
  const [, user] = /^slack:([UW][A-Z0-9]{1,30})$/.exec(by) ?? [];
  return user === undefined ? escape(by, 100) : `<@${user}>`;
}
