import type { AnyMessageBlock } from 'slack-edge';
import type { Message } from '../web-api.ts';

/** Slack accepts 3000 characters in one block: https://docs.slack.dev/reference/block-kit/blocks/section-block */
const MAX_BLOCK_CHARACTERS = 3000;

/**
 * Characters of JSON. Slack documents no limit for all blocks of a message together. One report says that it refuses
 * some 13,200 (msg_blocks_too_long, https://github.com/slackapi/bolt-js/issues/2509). How Slack counts is not known.
 * Another report says that answer URLs have no such limit (https://github.com/slackapi/bolt-js/issues/2867).
 */
const MAX_MESSAGE_CHARACTERS = 12_000;

/** Says whether a message is short enough for Slack. */
export function fits({ blocks }: { readonly blocks: readonly AnyMessageBlock[] }): boolean {
  return JSON.stringify(blocks).length <= MAX_MESSAGE_CHARACTERS;
}

/**
 * Returns a paragraph. With `verbatim` Slack turns no word into a link to a channel, a person or an address.
 * @param text escaped already, wherever it holds untrusted text
 */
export function paragraph(text: string): AnyMessageBlock {
  return {
    type: 'section',
    text: { type: 'mrkdwn', text: text.slice(0, MAX_BLOCK_CHARACTERS), verbatim: true },
  };
}

/** Puts lines into as few paragraphs as possible. Never cuts a line, because it would lose the end of its markup. */
export function paragraphs(lines: readonly string[]): readonly AnyMessageBlock[] {
  const packed: string[] = [];
  for (const line of lines) {
    const last = packed.at(-1);
    if (last !== undefined && last.length + line.length < MAX_BLOCK_CHARACTERS)
      packed[packed.length - 1] = `${last}\n${line}`;
    else packed.push(line);
  }
  return packed.map(paragraph);
}

/** Returns small print. */
export function note(text: string): AnyMessageBlock {
  return {
    type: 'context',
    elements: [{ type: 'mrkdwn', text: text.slice(0, MAX_BLOCK_CHARACTERS), verbatim: true }],
  };
}

export interface Button {
  /** Its action id in the interaction that a press sends. */
  readonly id: string;
  readonly label: string;
  readonly style?: 'primary' | 'danger';
  /** At most 2000 characters. Slack returns it unchanged. */
  readonly value: string;
}

export function buttons(...all: readonly Button[]): AnyMessageBlock {
  return {
    type: 'actions',
    elements: all.map(({ id, label, style, value }) => ({
      type: 'button',
      action_id: id,
      text: { type: 'plain_text', text: label },
      value,
      ...(style !== undefined && { style }),
    })),
  };
}

/** Formats a list: one line each, after a bullet. */
export function list(lines: readonly string[]): string {
  return lines.map((line) => `• ${line}`).join('\n');
}

/**
 * Formats a time that Slack shows in the reader's own time zone. A client without this feature shows UTC.
 * https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 */
export function clock(instant: string): string {
  const seconds = Math.floor(Date.parse(instant) / 1000);
  return `<!date^${seconds}^{time_secs}|${instant.slice(11, 19)} UTC>`;
}

/** Returns a message of one paragraph. */
export function only(text: string): Message {
  return { text, blocks: [paragraph(text)] };
}
