import type { Block } from './block.ts';
import { createFormFillers } from './forms.ts';
import type { PeopleOptions } from './people-options.ts';
import { sendSigned } from './signed.ts';

/** A button in a message. */
interface Element {
  readonly type: string;
  readonly action_id: string;
  readonly value: string;
  readonly text: { readonly text: string };
}

export type People = ReturnType<typeof createPeople>;

/** Creates the users of Slack. Their commands and presses are sent and signed as Slack does it. */
export function createPeople(options: PeopleOptions) {
  const { channel, clock } = options;
  const send = (body: string): Promise<Response> => sendSigned(options, options.requestUrl, body);
  return {
    /** Types `/rollback …`. */
    type: (user: string, text: string): Promise<Response> => {
      channel.showPerson(user, 'types', `/rollback ${text}`.trim());
      return send(
        new URLSearchParams({
          command: '/rollback',
          text,
          team_id: 'T0LASTGOOD',
          user_id: user,
          channel_id: channel.id,
          trigger_id: channel.triggers.issue(user),
          response_url: channel.hookFor(user, clock.now()),
        }).toString(),
      );
    },
    /** Presses the button with this label in the newest message that has it. */
    press(
      user: string,
      label: string,
      messages: readonly { readonly blocks: readonly Block[] }[],
    ): Promise<Response> {
      const button = messages
        .flatMap(({ blocks }) => blocks.flatMap(({ elements }) => (elements ?? []) as readonly Element[]))
        .findLast(({ type, text }) => type === 'button' && text.text === label);
      if (button === undefined) throw new Error(`there is no button ${label}`);
      channel.showPerson(user, 'presses', label);
      const payload = {
        type: 'block_actions',
        team: { id: 'T0LASTGOOD' },
        user: { id: user },
        channel: { id: channel.id },
        trigger_id: channel.triggers.issue(user),
        response_url: channel.hookFor(user, clock.now()),
        actions: [{ action_id: button.action_id, value: button.value, type: 'button' }],
      };
      return send(new URLSearchParams({ payload: JSON.stringify(payload) }).toString());
    },
    ...createFormFillers(options),
    /** Sends any body with a valid signature. */
    send,
  };
}
