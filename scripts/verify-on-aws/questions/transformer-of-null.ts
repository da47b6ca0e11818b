import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PROBE } from '../parts/external-system.ts';
import { asAssumed, notSeen, otherwise, type Question } from './question.ts';
import { queued } from './queued.ts';

/** EventBridge fills a variable whose value is null into a text. */
export const transformerOfNull: Question = {
  id: 'transformer-of-null',
  part: 'external-system',
  looksAt: 'a text with a variable whose value is null, from an input transformer',
  assumed: 'nothing or `null` stands there',
  answer: async (shown) => {
    const stack = shown.outputs('ExternalName');
    const entry = { ...PROBE, Detail: JSON.stringify({ stack, nothing: null }) };
    await shown.clients.events.send(new PutEventsCommand({ Entries: [entry] }));
    const [body] = await queued(shown, 'ExternalQueue', (one) => textIn(one)?.stack === stack);
    if (body === undefined) return notSeen('no text came');
    const { nothing } = textIn(body) ?? {};
    const found = `the text is ${JSON.stringify(nothing)}`;
    return nothing === '' || nothing === 'null' ? asAssumed(found) : otherwise(found);
  },
};

interface Filled {
  readonly stack?: unknown;
  readonly nothing?: unknown;
}

function textIn(body: string): Filled | null {
  try {
    return JSON.parse(body) as Filled;
  } catch {
    return null;
  }
}
