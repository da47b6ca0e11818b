import type { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../src/aws/secret.ts';
import { createHandOver, readHandedOver } from '../../../src/slack/handover.ts';
import { triggerIdOf } from '../../../src/slack/said.ts';
import { seal, unseal } from '../../../src/slack/seal.ts';

const secretOf = (text: string) => new Secret(text, 'signing-secret');

describe('a sealed text', () => {
  it('can be read with the secret that sealed it, and with no other', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), fc.string(), (text, one, other) => {
        const sealed = seal(text, secretOf(one));
        expect(unseal(sealed, secretOf(one))).toBe(text);
        if (one !== other) expect(unseal(sealed, secretOf(other))).toBeNull();
      }),
    );
  });

  it('is null once any of its bytes was changed, and so is a text that is no seal', () => {
    const secret = secretOf('hush');
    const bytes = Buffer.from(seal('https://hooks.slack.com/1', secret), 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(unseal(changed.toString('base64url'), secret)).toBeNull();
    }
    for (const text of ['', 'x', 'https://hooks.slack.com/1']) expect(unseal(text, secret)).toBeNull();
  });

  it('differs each time, so that equal texts are not seen to be equal', () => {
    expect(seal('one', secretOf('hush'))).not.toBe(seal('one', secretOf('hush')));
  });
});

it('a request is handed over without its answer URL and its trigger, and read as it was signed', async () => {
  const body =
    'command=%2Frollback&trigger_id=1.2.hunter2&response_url=https%3A%2F%2Fhooks.slack.com%2Fhunter2';
  const sent: string[] = [];
  const send = ({ input }: PutEventsCommand) => {
    sent.push(...(input.Entries ?? []).map(({ Detail = '' }) => Detail));
    return Promise.resolve({ FailedEntryCount: 0 });
  };
  const handOver = createHandOver({ send } as unknown as Pick<EventBridgeClient, 'send'>, 'lastgood');
  const signed = { timestamp: '1', signature: 'v0=1', body };
  await handOver(signed, secretOf('hush'));
  expect(sent).toHaveLength(1);
  expect(sent[0]).not.toContain('hunter2');
  const event = {
    ...{ id: 'event', source: 'lastgood.slack', 'detail-type': 'Slack Request', account: '111122223333' },
    detail: JSON.parse(sent[0] ?? '') as unknown,
  };
  expect(readHandedOver(event, secretOf('hush'))).toEqual(signed);
  expect(readHandedOver(event, secretOf('changed'))).toBeNull();
});

it('an interaction is named in records without its trigger, the same each time', () => {
  const said = { team: 'T', user: 'U', answerUrl: 'https://hooks.slack.com/1' };
  const id = triggerIdOf({ ...said, trigger: '1.2.hunter2' });
  expect(id).toMatch(/^slack:[0-9a-f]{32}$/);
  expect(triggerIdOf({ ...said, trigger: '1.2.hunter2' })).toBe(id);
  expect(triggerIdOf({ ...said, trigger: '1.2.hunter3' })).not.toBe(id);
});
