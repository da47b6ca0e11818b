import { createHmac } from 'node:crypto';
import type { Clock } from '@lastgood/embedded-aws/world/clock.ts';

/** What Slack knows of the app, and the time. */
export interface App {
  readonly clock: Clock;
  readonly secret: string;
  /** URL that the Slack app is set up with. */
  readonly requestUrl: string;
  /** URL that it is asked at for the options of a menu. */
  readonly optionsUrl: string;
}

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
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
