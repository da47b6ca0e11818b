import { createHmac } from 'node:crypto';
import type { Clock } from '@lastgood/embedded-aws/world/clock.ts';

/** The app as Slack knows it, and the time. */
export interface App {
  readonly clock: Clock;
  readonly secret: string;
  /** Request URL of the Slack app. */
  readonly requestUrl: string;
  /** URL for the options of a menu. */
  readonly optionsUrl: string;
}

/** Sends a signed request: https://docs.slack.dev/authentication/verifying-requests-from-slack */
export async function sendSigned({ clock, secret }: App, url: string, body: string): Promise<Response> {
  const timestamp = String(Math.floor(clock.now() / 1000));
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return clock.holding(() =>
    fetch(url, {
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
