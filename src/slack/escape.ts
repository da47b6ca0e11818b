import { isBlank } from '../rollback/blank.ts';

/**
 * Other people's words in a message. Slack reads three characters as its own, and with them anybody could write links,
 * or call a whole channel; control and direction characters would let a text pose as another, and a backtick would end
 * the fixed-width text around it, for which Slack has no escape: its look-alike stands in.
 * https://docs.slack.dev/messaging/formatting-message-text#escaping
 * Never empty, because Slack refuses a whole message for one text without a character: what says nothing is a dash.
 * https://docs.slack.dev/reference/block-kit/composition-objects/text-object
 * @param most characters that are kept; the rest becomes one ellipsis
 */
export function escape(words: string, most = 500): string {
  const plain = isBlank(words) ? '–' : words.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return clipped(plain, most)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('`', 'ˋ');
}

/** A plain text of at most so many characters; an ellipsis stands for the rest. */
export function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** A name of ours in a fixed-width face: what it contains styles nothing. */
export function code(name: string, most = 300): string {
  return `\`${escape(name, most)}\``;
}

/**
 * A sentence of ours. Where it tells of a person it begins with them, and Slack shows their name. Further on there may be
 * other people's words, which name nobody: anybody could call somebody with them.
 */
export function sentence(words: string, most?: number): string {
  const [, by, rest] = /^(slack:[UW][A-Z0-9]{1,30})( .*)$/s.exec(words) ?? [];
  return by === undefined || rest === undefined ? escape(words, most) : `${person(by)} ${escape(rest, most)}`;
}

/** Names a person: Slack shows the name instead of the id. `by` is as our events have it. */
export function person(by: string): string {
  const [, user] = /^slack:([UW][A-Z0-9]{1,30})$/.exec(by) ?? [];
  return user === undefined ? escape(by, 100) : `<@${user}>`;
}
