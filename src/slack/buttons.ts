import * as z from 'zod/mini';
import { parseJson } from '../rollback/json.ts';

/** Names of our buttons. */
export const BUTTON = {
  confirm: 'lastgood.confirm',
  cancel: 'lastgood.cancel',
  approve: 'lastgood.approve',
  deny: 'lastgood.deny',
  /** Opens the form. */
  choose: 'lastgood.choose',
  /** Begins the names of buttons that stand for a command, which is their value. */
  say: 'lastgood.say',
  /** Begins the names of buttons that turn the pages of a list; the value is the first target, counted from 0. */
  page: 'lastgood.page',
} as const;

const text = (most: number) => z.string().check(z.minLength(1), z.maxLength(most));
const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** What Confirm stands for: exactly this plan, asked for by this person for this reason. */
const Confirm = z.strictObject({
  target: text(1024),
  plan: hash,
  reason: text(500),
  revision: z.optional(text(1024)),
  user: text(64),
});
export type Confirm = z.infer<typeof Confirm>;

/** What Approve and Deny stand for: the question of one execution about exactly this plan, asked at this instant. */
const Answer = z.strictObject({
  target: text(1024),
  execution: text(2048),
  plan: hash,
  /** Absent in questions of before it was known. */
  askedAt: z.optional(text(32)),
});
export type Answer = z.infer<typeof Answer>;

/** A button's value, or null when it is none of ours. */
export function readConfirm(value: string): Confirm | null {
  return Confirm.safeParse(parseJson(value)).data ?? null;
}

export function readAnswer(value: string): Answer | null {
  return Answer.safeParse(parseJson(value)).data ?? null;
}
