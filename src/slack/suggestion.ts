import * as z from 'zod/mini';
import { parseJson } from '../rollback/json.ts';
import { FORM } from './form.ts';

/** Slack asks which targets there are to choose from. */
export interface Suggestion {
  readonly user: string;
  /** What was typed so far; empty when the menu was only opened. */
  readonly typed: string;
}

const id = z.string().check(z.minLength(1), z.maxLength(64));

/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select */
const Payload = z.object({
  type: z.literal('block_suggestion'),
  user: z.object({ id }),
  action_id: z.literal(FORM.target),
  value: z.string().check(z.maxLength(1024)),
});

/** Reads the body of a request whose signature is genuine. Null: it is nothing that we ever asked Slack to send. */
export function readSuggestion(body: string): Suggestion | null {
  const read = Payload.safeParse(parseJson(new URLSearchParams(body).get('payload')));
  return read.success ? { user: read.data.user.id, typed: read.data.value } : null;
}
