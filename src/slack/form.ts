import { createHash } from 'node:crypto';
import type { ModalView } from 'slack-edge';
import * as z from 'zod/mini';
import { parseJson } from '../rollback/json.ts';

/** The form's callback id, and the block ids of its inputs. */
export const FORM = {
  name: 'lastgood.form',
  target: 'target',
  revision: 'revision',
  reason: 'reason',
} as const;

/**
 * Returns the form that requests a rollback. It is the same for every person, so it opens without a look-up: Slack asks
 * for the targets when the person opens the menu.
 * https://docs.slack.dev/surfaces/modals
 * @param answerUrl where the answer goes: a submitted form carries no answer URL of its own
 */
export function formView(answerUrl: string): ModalView {
  return {
    type: 'modal',
    callback_id: FORM.name,
    private_metadata: JSON.stringify({ answerUrl }),
    title: plain('Roll back'),
    submit: plain('Show the plan'),
    close: plain('Cancel'),
    blocks: [
      {
        type: 'input',
        block_id: FORM.target,
        label: plain('Target'),
        element: {
          type: 'external_select',
          action_id: FORM.target,
          placeholder: plain('Type a part of its name'),
          min_query_length: 0,
        },
      },
      {
        type: 'input',
        block_id: FORM.revision,
        optional: true,
        label: plain('Revision'),
        hint: plain('Left empty: the last known good'),
        element: { type: 'plain_text_input', action_id: FORM.revision, max_length: 1000 },
      },
      {
        type: 'input',
        block_id: FORM.reason,
        optional: true,
        label: plain('Reason'),
        element: { type: 'plain_text_input', action_id: FORM.reason, max_length: 500, multiline: true },
      },
    ],
  };
}

function plain(text: string): { readonly type: 'plain_text'; readonly text: string } {
  return { type: 'plain_text', text };
}

const metadata = z.object({ answerUrl: z.url() });

/** Returns where the answer to a form goes, or null if Lastgood did not create the form. */
export function answerUrlOf(privateMetadata: string): string | null {
  return metadata.safeParse(parseJson(privateMetadata)).data?.answerUrl ?? null;
}

/** Slack takes 75 characters as an option's text, and as its value. */
const MAX_OPTION_CHARACTERS = 75;

export interface Option {
  readonly text: { readonly type: 'plain_text'; readonly text: string };
  readonly value: string;
}

/** Returns a target as an option. https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
export function optionOf(target: string): Option {
  const half = Math.floor((MAX_OPTION_CHARACTERS - 1) / 2);
  const text =
    target.length <= MAX_OPTION_CHARACTERS ? target : `${target.slice(0, half)}…${target.slice(-half)}`;
  return { text: plain(text), value: keyOf(target) };
}

/** Returns the option value of a target: the target, or a hash if it is too long, as ARNs are. */
export function keyOf(target: string): string {
  if (target.length <= MAX_OPTION_CHARACTERS) return target;
  return `#${createHash('sha256').update(target).digest('hex')}`;
}
