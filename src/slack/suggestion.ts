import * as z from 'zod/mini';
import { parseJson } from '../rollback/json.ts';
import { FORM } from './form.ts';

/** Slack's request for the options of the target menu. */
export interface Suggestion {
  readonly user: string;
  /** The text typed so far; empty if the menu was only opened. */
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

/** Reads the body of a request whose signature is genuine. Returns null for a body that Lastgood does not handle. */
export function readSuggestion(body: string): Suggestion | null {
  const read = Payload.safeParse(parseJson(new URLSearchParams(body).get('payload')));
  return read.success ? { user: read.data.user.id, typed: read.data.value } : null;
}
