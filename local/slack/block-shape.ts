import * as z from 'zod';
import type { Block } from './block.ts';
import { refuse, type Refusal } from './refusal.ts';

/*
 * The blocks of a message, as far as Lastgood uses them; all others are refused.
 * https://docs.slack.dev/reference/block-kit/blocks
 */

const id = z.string().min(1).max(255);
const text = z.strictObject({
  type: z.enum(['mrkdwn', 'plain_text']),
  text: z.string().min(1).max(3000),
  verbatim: z.boolean().optional(),
  emoji: z.boolean().optional(),
});

/** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
const Button = z.strictObject({
  type: z.literal('button'),
  action_id: id,
  text: z.strictObject({ type: z.literal('plain_text'), text: z.string().min(1).max(75) }),
  value: z.string().max(2000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
});

const Section = z.strictObject({ type: z.literal('section'), block_id: id.optional(), text });
const Context = z.strictObject({
  type: z.literal('context'),
  block_id: id.optional(),
  elements: z.array(text).min(1).max(10),
});
const Actions = z.strictObject({
  type: z.literal('actions'),
  block_id: id.optional(),
  elements: z.array(Button).min(1).max(25).refine(isUnique),
});

const Blocks = z.array(z.discriminatedUnion('type', [Section, Context, Actions])).max(50);

/**
 * Characters of JSON that Slack is reported to refuse as `msg_blocks_too_long` in chat.postMessage. One report says
 * that answer URLs accept more; here they have the same limit. How exactly Slack counts is not documented.
 * https://github.com/slackapi/bolt-js/issues/2509, https://github.com/slackapi/bolt-js/issues/2867
 */
const TOO_LONG = 13_200;

export function areTooLong(blocks: readonly unknown[]): boolean {
  return JSON.stringify(blocks).length >= TOO_LONG;
}

/** Returns whether Slack accepts these blocks in a message, apart from their length. */
export function areBlocks(blocks: unknown): blocks is readonly Block[] {
  return Blocks.safeParse(blocks).success;
}

/**
 * Returns the blocks of a message, or why Slack refuses them. https://docs.slack.dev/reference/methods/chat.postMessage
 */
export function readBlocks(blocks: unknown): readonly Block[] | Refusal {
  if (!Array.isArray(blocks)) return refuse('invalid_blocks_format');
  if (!areBlocks(blocks)) return refuse('invalid_blocks');
  return areTooLong(blocks) ? refuse('msg_blocks_too_long') : blocks;
}

/** Checks that no two elements of a block share an action_id. */
function isUnique(elements: readonly { readonly action_id: string }[]): boolean {
  return new Set(elements.map(({ action_id }) => action_id)).size === elements.length;
}
