import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { parseJson } from '../rollback/json.ts';
import { answerUrlOf, FORM } from './form.ts';

interface Common {
  /** Slack's id of the workspace and of the person. */
  readonly team: string;
  readonly user: string;
  /** Slack's id of this interaction, unique. */
  readonly trigger: string;
  /** Where to post an answer that only this person sees. Valid for half an hour. */
  readonly answerUrl: string;
}

/** The command `/rollback …`. */
export interface Command extends Common {
  readonly kind: 'command';
  readonly text: string;
}

/** A press of one of Lastgood's buttons. */
export interface Press extends Common {
  readonly kind: 'press';
  readonly button: string;
  readonly value: string;
}

/** A submission of Lastgood's form. */
export interface Form extends Common {
  readonly kind: 'form';
  /** The option value of the target (`keyOf` in form.ts). */
  readonly target: string;
  /** Absent if the person left it empty. */
  readonly revision?: string;
  readonly reason?: string;
}

/** A request of Slack. `probe`: Slack only checks that the endpoint answers. */
export type Said = Command | Press | Form | { readonly kind: 'probe' };

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

/**
 * Null or absent in the interactions of an app that is installed for an organisation:
 * https://docs.slack.dev/enterprise/developing-for-enterprise-orgs
 */
const WHERE = {
  team: z.nullish(z.object({ id })),
  enterprise: z.nullish(z.object({ id })),
};
const USER = z.object({ id, team_id: z.nullish(id) });

/** Returns the workspace of an interaction, or the organisation. It is only logged. */
function teamOf({
  team,
  user,
  enterprise,
}: {
  readonly team?: { readonly id: string } | null | undefined;
  readonly enterprise?: { readonly id: string } | null | undefined;
  readonly user: { readonly team_id?: string | null | undefined };
}): string {
  return team?.id ?? user.team_id ?? enterprise?.id ?? 'unknown';
}

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
const ActionPayload = z.object({
  type: z.literal('block_actions'),
  ...WHERE,
  user: USER,
  channel: z.object({ id }),
  trigger_id: trigger,
  response_url: z.url(),
  actions: z
    .array(z.object({ action_id: z.string(), value: z.string().check(z.maxLength(2000)) }))
    .check(z.minLength(1)),
});

/** The value of an optional input. Slack sends null for an empty one. */
const written = (most: number) => z.object({ value: z.nullish(z.string().check(z.maxLength(most))) });

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload#view_submission */
const FormPayload = z.object({
  type: z.literal('view_submission'),
  ...WHERE,
  user: USER,
  view: z.object({
    id,
    callback_id: z.literal(FORM.name),
    private_metadata: z.string().check(z.maxLength(3000)),
    state: z.object({
      values: z.object({
        [FORM.target]: z.object({
          [FORM.target]: z.object({
            selected_option: z.object({ value: z.string().check(z.maxLength(75)) }),
          }),
        }),
        [FORM.revision]: z.object({ [FORM.revision]: written(1000) }),
        [FORM.reason]: z.object({ [FORM.reason]: written(500) }),
      }),
    }),
  }),
});

/** Returns the id of an interaction for records. The trigger itself lets its holder open a form. */
export function triggerIdOf({ trigger }: Common): string {
  return `slack:${createHash('sha256').update(trigger).digest('hex').slice(0, 32)}`;
}

/** Reads the body of a request whose signature is genuine. Returns null for a body that Lastgood does not handle. */
export function readSaid(body: string): Said | null {
  const form = Object.fromEntries(new URLSearchParams(body));
  if (form['ssl_check'] === '1') return { kind: 'probe' };
  if (form['payload'] === undefined) return readCommand(form);
  const payload = parseJson(form['payload']);
  return readPress(payload) ?? readForm(payload);
}

function readCommand(form: Readonly<Record<string, string>>): Command | null {
  const read = CommandForm.safeParse(form);
  if (!read.success) return null;
  const { text, team_id: team, user_id: user, trigger_id, response_url: answerUrl } = read.data;
  return { kind: 'command', text, team, user, trigger: trigger_id, answerUrl };
}

function readPress(payload: unknown): Press | null {
  const read = ActionPayload.safeParse(payload);
  if (!read.success) return null;
  const { user, trigger_id: trigger, response_url: answerUrl, actions } = read.data;
  const [action] = actions;
  if (action === undefined) return null;
  const common = { team: teamOf(read.data), user: user.id, trigger, answerUrl };
  return { kind: 'press', ...common, button: action.action_id, value: action.value };
}

/** Reads a submission. Slack closes a form when it is submitted, so the view's id identifies the submission. */
function readForm(payload: unknown): Form | null {
  const read = FormPayload.safeParse(payload);
  if (!read.success) return null;
  const { user, view } = read.data;
  const answerUrl = answerUrlOf(view.private_metadata);
  if (answerUrl === null) return null;
  const { target, revision, reason } = view.state.values;
  return {
    kind: 'form',
    ...{ team: teamOf(read.data), user: user.id, trigger: `view ${view.id}`, answerUrl },
    target: target.target.selected_option.value,
    ...filled('revision', revision.revision.value),
    ...filled('reason', reason.reason.value),
  };
}

function filled<const Name extends string>(name: Name, value: string | null | undefined) {
  const words = value?.trim() ?? '';
  return (words === '' ? {} : { [name]: words }) as { readonly [name in Name]?: string };
}
