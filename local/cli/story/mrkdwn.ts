import { emojify } from 'node-emoji';
import { createColors } from 'picocolors';

/** Renders Slack's markup as Slack shows it: https://docs.slack.dev/messaging/formatting-message-text */
export function renderMrkdwn(text: string, isColoured: boolean): string {
  const { bold, italic, strikethrough, cyan, underline } = createColors(isColoured);
  const prose = (part: string): string =>
    emojify(renderLinks(part, underline))
      .replaceAll(/(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])/g, (_, words: string) => bold(words))
      .replaceAll(/(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])/g, (_, words: string) => italic(words))
      .replaceAll(/(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])/g, (_, words: string) =>
        strikethrough(words),
      );
  // Bold text may hold code, so the stars are read over it: code is put aside first, behind characters of private use.
  const codes: string[] = [];
  const aside = text.replaceAll(/`([^`\n]+)`/g, (_, code: string) => `\uE000${codes.push(code) - 1}\uE000`);
  const shown = prose(aside).replaceAll(/\uE000(\d+)\uE000/g, (_, place: string) =>
    cyan(codes[Number(place)] ?? ''),
  );
  return unescaped(shown);
}

/** The name of a person, as a workspace shows it. */
export function nameOf(user: string): string {
  return `@${user.replace(/^U0/, '').toLowerCase()}`;
}

/** Names the people in a text of Lastgood's, as their workspace shows them. */
export function withNames(text: string): string {
  return text.replaceAll(/\bslack:(U[A-Z0-9]+)\b/g, (_, user: string) => nameOf(user));
}

function renderLinks(text: string, underline: (text: string) => string): string {
  return text
    .replaceAll(/<@(\w+)>/g, (_, user: string) => nameOf(user))
    .replaceAll(/<!subteam\^(\w+)(?:\|([^>]+))?>/g, (_, group: string, name?: string) => name ?? `@${group}`)
    .replaceAll(/<!date\^\d+\^[^|>]*\|([^>]*)>/g, '$1')
    .replaceAll(/<!(channel|here|everyone)>/g, '@$1')
    .replaceAll(/<#\w+\|([^>]+)>/g, '#$1')
    .replaceAll(/<([^|>\s]+)\|([^>]+)>/g, (_, __, words: string) => underline(words))
    .replaceAll(/<([a-z]+:[^|>\s]+)>/g, (_, url: string) => underline(url));
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
