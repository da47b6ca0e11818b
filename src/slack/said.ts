import * as z from 'zod/mini';
import { parseJson } from '../targets/json.ts';

interface Common {
  /** Slack's id of the workspace, of the person and of the channel. */
  readonly team: string;
  readonly user: string;
  readonly channel: string;
  /** Slack's id of this one interaction: no two have the same. */
  readonly trigger: string;
  /** Where an answer that only this person sees is posted, for half an hour. */
  readonly answerUrl: string;
}

/** `/rollback …` was typed. */
export interface Command extends Common {
  readonly kind: 'command';
  readonly text: string;
}

/** A button of ours was pressed. */
export interface Press extends Common {
  readonly kind: 'press';
  readonly button: string;
  readonly value: string;
}

/** What Slack tells us. `probe`: it only looks whether we are there. */
export type Said = Command | Press | { readonly kind: 'probe' };

const id = z.string().check(z.minLength(1), z.maxLength(64));
const trigger = z.string().check(z.minLength(1), z.maxLength(255));

/** https://docs.slack.dev/interactivity/implementing-slash-commands */
const CommandForm = z.object({
  command: z.string(),
  text: z._default(z.string().check(z.maxLength(4000)), ''),
  team_id: id,
  user_id: id,
  channel_id: id,
  trigger_id: trigger,
  response_url: z.url(),
});

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
const ActionPayload = z.object({
  type: z.literal('block_actions'),
  team: z.object({ id }),
  user: z.object({ id }),
  channel: z.object({ id }),
  trigger_id: trigger,
  response_url: z.url(),
  actions: z
    .array(z.object({ action_id: z.string(), value: z.string().check(z.maxLength(2000)) }))
    .check(z.minLength(1)),
});

/** Reads the body of a request whose signature is genuine. Null: it is nothing that we ever asked Slack to send. */
export function readSaid(body: string): Said | null {
  const form = Object.fromEntries(new URLSearchParams(body));
  if (form['ssl_check'] === '1') return { kind: 'probe' };
  return form['payload'] === undefined ? readCommand(form) : readPress(parseJson(form['payload']));
}

function readCommand(form: Readonly<Record<string, string>>): Command | null {
  const read = CommandForm.safeParse(form);
  if (!read.success) return null;
  const { text, team_id: team, user_id: user, channel_id: channel, ...rest } = read.data;
  return {
    kind: 'command',
    text,
    team,
    user,
    channel,
    trigger: rest.trigger_id,
    answerUrl: rest.response_url,
  };
}

function readPress(payload: unknown): Press | null {
  const read = ActionPayload.safeParse(payload);
  if (!read.success) return null;
  const { team, user, channel, trigger_id: trigger, response_url: answerUrl, actions } = read.data;
  const [action] = actions;
  if (action === undefined) return null;
  const common = { team: team.id, user: user.id, channel: channel.id, trigger, answerUrl };
  return { kind: 'press', ...common, button: action.action_id, value: action.value };
}
