import type { AnyMessageBlock } from 'slack-edge';

/** Slack takes 3000 characters in one block: https://docs.slack.dev/reference/block-kit/blocks/section-block */
const MAX_BLOCK_CHARACTERS = 3000;

/**
 * Characters of JSON. Slack documents no limit for all blocks of a message together; it is reported to refuse some 13,200
 * (msg_blocks_too_long, https://github.com/slackapi/bolt-js/issues/2509). How it counts is not known, nor whether it does
 * so at answer URLs: another report says not (https://github.com/slackapi/bolt-js/issues/2867).
 */
const MAX_MESSAGE_CHARACTERS = 12_000;

/** Whether Slack takes a message for its length. */
export function fits({ blocks }: { readonly blocks: readonly AnyMessageBlock[] }): boolean {
  return JSON.stringify(blocks).length <= MAX_MESSAGE_CHARACTERS;
}

/**
 * A paragraph. `verbatim`: Slack makes no links out of words that look like a channel, a person or an address.
 * @param text escaped already, wherever it holds what others wrote
 */
export function paragraph(text: string): AnyMessageBlock {
  return {
    type: 'section',
    text: { type: 'mrkdwn', text: text.slice(0, MAX_BLOCK_CHARACTERS), verbatim: true },
  };
}

/** Lines in as few paragraphs as they fit into: a line is never cut, because it would lose the end of its markup. */
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

/** Small print. */
export function note(text: string): AnyMessageBlock {
  return {
    type: 'context',
    elements: [{ type: 'mrkdwn', text: text.slice(0, MAX_BLOCK_CHARACTERS), verbatim: true }],
  };
}

export interface Button {
  /** What it is called in the interaction that a press sends. */
  readonly id: string;
  readonly label: string;
  readonly style?: 'primary' | 'danger';
  /** At most 2000 characters; comes back as it is. */
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

/** `• one` line each. */
export function list(lines: readonly string[]): string {
  return lines.map((line) => `• ${line}`).join('\n');
}

/**
 * A time that Slack shows in each reader's own time zone; who cannot sees UTC.
 * https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 */
export function clock(instant: string): string {
  const seconds = Math.floor(Date.parse(instant) / 1000);
  return `<!date^${seconds}^{time_secs}|${instant.slice(11, 19)} UTC>`;
}

/** The same with the day, for what may be long ago. */
export function moment(instant: string): string {
  const seconds = Math.floor(Date.parse(instant) / 1000);
  return `<!date^${seconds}^{date_short_pretty} {time}|${instant.slice(0, 16).replace('T', ' ')} UTC>`;
}
