import * as z from 'zod/mini';
import { parseJson } from '../rollback/json.ts';
import { CHOICES } from '../rollback/storm/member.ts';

/** Action ids of Lastgood's buttons. */
export const BUTTON = {
  confirm: 'lastgood.confirm',
  cancel: 'lastgood.cancel',
  approve: 'lastgood.approve',
  deny: 'lastgood.deny',
  /** Prefix of the buttons that answer the question of a storm. */
  storm: 'lastgood.storm',
  /** Asks for a fresh link to the report of a rollback. */
  report: 'lastgood.report',
  /** Opens the form. */
  choose: 'lastgood.choose',
  /** Prefix of buttons that run a command, which is their value. */
  say: 'lastgood.say',
  /** Prefix of buttons that turn the pages of a list. Their value is the first target, counted from 0. */
  page: 'lastgood.page',
} as const;

const text = (most: number) => z.string().check(z.minLength(1), z.maxLength(most));
const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** The value of Confirm: exactly this plan, requested by this person for this reason. */
const Confirm = z.strictObject({
  target: text(1024),
  plan: hash,
  reason: text(500),
  revision: z.optional(text(1024)),
  user: text(64),
  /** Names of the judge's rules whose objections are shown with the plan. */
  shown: z.optional(z.array(text(64)).check(z.maxLength(64))),
});
export type Confirm = z.infer<typeof Confirm>;

/** The value of Approve and Deny: the question of one execution about exactly this plan, asked at this instant. */
const Answer = z.strictObject({
  target: text(1024),
  execution: text(2048),
  plan: hash,
  /** Absent in questions of earlier versions. */
  askedAt: z.optional(text(32)),
});
export type Answer = z.infer<typeof Answer>;

/** The value of the buttons of a storm: the choice, and the list that the message shows. */
const OfStorm = z.strictObject({ storm: text(64), list: hash, choice: z.enum(CHOICES) });
export type OfStorm = z.infer<typeof OfStorm>;

/** The value of the button of a report. */
const OfReport = z.strictObject({ target: text(1024), execution: text(2048) });
export type OfReport = z.infer<typeof OfReport>;

/** Parses the value of the button of a report. Returns null if Lastgood did not create it. */
export function readOfReport(value: string): OfReport | null {
  return OfReport.safeParse(parseJson(value)).data ?? null;
}

/** Parses the value of a button of a storm. Returns null if Lastgood did not create it. */
export function readOfStorm(value: string): OfStorm | null {
  return OfStorm.safeParse(parseJson(value)).data ?? null;
}

/** Parses the value of Confirm. Returns null if Lastgood did not create it. */
export function readConfirm(value: string): Confirm | null {
  return Confirm.safeParse(parseJson(value)).data ?? null;
}

/** Parses the value of Approve or Deny. Returns null if Lastgood did not create it. */
export function readAnswer(value: string): Answer | null {
  return Answer.safeParse(parseJson(value)).data ?? null;
}
