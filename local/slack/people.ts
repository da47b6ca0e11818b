import { createHmac } from 'node:crypto';
import type { Clock } from '../world/clock.ts';
import type { Random } from '../world/random.ts';
import type { Block, Channel } from './channel.ts';

export interface PeopleOptions {
  readonly channel: Channel;
  readonly clock: Clock;
  readonly random: Random;
  readonly secret: string;
  /** URL that the Slack app is set up with. */
  readonly requestUrl: string;
}

/** A button as it stands in a message. */
interface Element {
  readonly type: string;
  readonly action_id: string;
  readonly value: string;
  readonly text: { readonly text: string };
}

export type People = ReturnType<typeof createPeople>;

/** Those who sit in front of Slack: what they type and press is sent as Slack sends it, signed. */
export function createPeople(options: PeopleOptions) {
  const { channel, clock, random } = options;
  const send = (body: string): Promise<Response> => sendSigned(options, body);
  return {
    /** Types `/rollback …`. */
    type: (user: string, text: string): Promise<Response> =>
      send(
        new URLSearchParams({
          command: '/rollback',
          text,
          team_id: 'T0LASTGOOD',
          user_id: user,
          channel_id: channel.id,
          trigger_id: `${random.digits(12)}.${random.hex(32)}`,
          response_url: channel.hookFor(user, clock.now()),
        }).toString(),
      ),
    /** Presses the button with this label in the newest of these messages that has it. */
    press(
      user: string,
      label: string,
      messages: readonly { readonly blocks: readonly Block[] }[],
    ): Promise<Response> {
      const button = messages
        .flatMap(({ blocks }) => blocks.flatMap(({ elements }) => (elements ?? []) as readonly Element[]))
        .findLast(({ type, text }) => type === 'button' && text.text === label);
      if (button === undefined) throw new Error(`there is no button ${label}`);
      const payload = {
        type: 'block_actions',
        team: { id: 'T0LASTGOOD' },
        user: { id: user },
        channel: { id: channel.id },
        trigger_id: `${random.digits(12)}.${random.hex(32)}`,
        response_url: channel.hookFor(user, clock.now()),
        actions: [{ action_id: button.action_id, value: button.value, type: 'button' }],
      };
      return send(new URLSearchParams({ payload: JSON.stringify(payload) }).toString());
    },
    /** Sends any body with a genuine signature. */
    send,
  };
}

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
async function sendSigned({ clock, secret, requestUrl }: PeopleOptions, body: string): Promise<Response> {
  const timestamp = String(Math.floor(clock.now() / 1000));
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return clock.holding(() =>
    fetch(requestUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${signature}`,
      },
      body,
    }),
  );
}
