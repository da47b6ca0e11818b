import { setTimeout } from 'node:timers/promises';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { closeClients, openClients, type Clients } from './clients.ts';
import type { Ground, Load, Users } from './ground.ts';

export interface OpenGround extends Ground {
  close(): Promise<void>;
}

/** Milliseconds between two requests of the same users. */
const SEND_EVERY_MS = 200;
const ANSWER_WITHIN_MS = 5_000;

/** Opens AWS, with the credentials of the environment. */
export function openAws(region: string): OpenGround {
  const clients = openClients({ region });
  return {
    clients,
    region,
    now: () => Date.now(),
    wait: (seconds, signal) =>
      setTimeout(seconds * 1000, undefined, { ...(signal !== undefined && { signal }) }).catch(
        () => undefined,
      ),
    send: (users) => send(clients, users),
    close: () => {
      closeClients(clients);
      return Promise.resolve();
    },
  };
}

/** Sends requests at an even pace. Their answers do not matter here: CloudWatch counts them. */
function send({ lambda }: Clients, all: readonly Users[]): Load {
  const ended = new AbortController();
  const sent = { requests: 0, invocations: 0 };
  const request = async (users: Users): Promise<void> => {
    if ('url' in users) {
      sent.requests++;
      await fetch(users.url, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
      return;
    }
    sent.invocations++;
    const { functionName, alias } = users;
    await lambda.send(new InvokeCommand({ FunctionName: functionName, Qualifier: alias }));
  };
  const keepSending = async (users: Users): Promise<void> => {
    while (!ended.signal.aborted) {
      void request(users).catch(() => undefined);
      await setTimeout(SEND_EVERY_MS, undefined, { signal: ended.signal }).catch(() => undefined);
    }
  };
  const running = all.map(keepSending);
  return {
    sent,
    stop: async () => {
      ended.abort();
      await Promise.all(running);
    },
  };
}
