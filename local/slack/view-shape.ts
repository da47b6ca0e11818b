import * as z from 'zod';

/*
 * Modals that Slack accepts, as far as Lastgood uses them; all others are refused.
 * https://docs.slack.dev/reference/views/modal-views https://docs.slack.dev/reference/block-kit/blocks/input-block
 */

const plain = (most: number) =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(most),
    emoji: z.boolean().optional(),
  });

/** https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
export const Option = z.strictObject({
  text: plain(75),
  value: z.string().min(1).max(75),
  description: plain(75).optional(),
});

const id = z.string().min(1).max(255);

/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select */
const ExternalSelect = z.strictObject({
  type: z.literal('external_select'),
  action_id: id.optional(),
  placeholder: plain(150).optional(),
  min_query_length: z.int().min(0).optional(),
  initial_option: Option.optional(),
  focus_on_load: z.boolean().optional(),
});

/** https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
const PlainTextInput = z.strictObject({
  type: z.literal('plain_text_input'),
  action_id: id.optional(),
  initial_value: z.string().optional(),
  multiline: z.boolean().optional(),
  min_length: z.int().min(0).max(3000).optional(),
  max_length: z.int().min(1).max(3000).optional(),
  placeholder: plain(150).optional(),
});

const Input = z.strictObject({
  type: z.literal('input'),
  block_id: id.optional(),
  label: plain(2000),
  hint: plain(2000).optional(),
  optional: z.boolean().optional(),
  element: z.discriminatedUnion('type', [ExternalSelect, PlainTextInput]),
});

/** A modal with inputs must have a button that sends it. */
export const View = z.strictObject({
  type: z.literal('modal'),
  title: plain(24),
  submit: plain(24),
  close: plain(24).optional(),
  callback_id: id.optional(),
  private_metadata: z.string().max(3000).optional(),
  external_id: id.optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
  blocks: z
    .array(Input)
    .min(1)
    .max(100)
    .refine((blocks) => isUnique(blocks.flatMap(({ block_id }) => block_id ?? []))),
});
export type View = z.infer<typeof View>;

/** Answer of an app to a request for options: a hundred at most, each value once. */
export const Options = z.object({ options: z.array(Option).max(100) });
export type Option = z.infer<typeof Option>;

function isUnique(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}
