import type { PeopleOptions } from './people-options.ts';
import { sendSigned } from './signed.ts';
import { Options, type Option } from './view-shape.ts';

/** Values of a form, by the labels of its inputs; an option where one is chosen. */
export type Filled = Readonly<Record<string, string | Option>>;

/** Creates the actions of a person in an open modal. */
export function createFormFillers(options: PeopleOptions) {
  const { channel, requestUrl, optionsUrl } = options;
  const send = (url: string, payload: object) =>
    sendSigned(options, url, new URLSearchParams({ payload: JSON.stringify(payload) }).toString());
  return {
    /**
     * Types into a menu and returns its options: none if the app's answer does not follow Slack's schema.
     * https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select
     */
    async complete(user: string, label: string, typed: string): Promise<readonly Option[]> {
      const { id, view } = channel.views.openFor(user);
      const input = view.blocks.find((block) => block.label.text === label);
      if (input?.element.type !== 'external_select') throw new Error(`there is no menu ${label}`);
      if (typed.length < (input.element.min_query_length ?? 3)) return [];
      const response = await send(optionsUrl, {
        type: 'block_suggestion',
        team: { id: 'T0LASTGOOD' },
        user: { id: user },
        container: { type: 'view', view_id: id },
        view: { id, ...view },
        block_id: input.block_id,
        action_id: input.element.action_id,
        value: typed,
      });
      const read = Options.safeParse(response.ok ? await response.json() : null);
      return read.success ? read.data.options : [];
    },

    /**
     * Sends the form. https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload#view_submission
     * @throws Error when a required input is empty: Slack does not send the form then
     */
    async submit(user: string, filled: Filled): Promise<Response> {
      const { id, view } = channel.views.openFor(user);
      const values = view.blocks.map((block, index) => {
        const value = filled[block.label.text];
        if (value === undefined && block.optional !== true)
          throw new Error(`${block.label.text} is not filled in`);
        const { type, action_id: action = 'action' } = block.element;
        const is =
          type === 'external_select'
            ? { type, selected_option: value ?? null }
            : { type, value: value ?? null };
        return [block.block_id ?? String(index), { [action]: is }] as const;
      });
      const response = await send(requestUrl, {
        type: 'view_submission',
        team: { id: 'T0LASTGOOD' },
        user: { id: user },
        trigger_id: channel.triggers.issue(user),
        view: { id, ...view, state: { values: Object.fromEntries(values) } },
        response_urls: [],
      });
      if (response.ok && (await response.text()) === '') channel.views.close(user);
      return response;
    },
  };
}
