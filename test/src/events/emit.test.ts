import { PutEventsCommand, type PutEventsCommandOutput } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import { named } from '../../../src/aws/errors.ts';
import { createEmitter } from '../../../src/events/emit.ts';

const detail = {
  version: '1',
  request: 'event-1',
  field: 'request.target',
  problem: 'must begin with a kind',
  rejectedAt: '2026-11-22T03:00:00.000Z',
} as const;

function bus(answer: Partial<PutEventsCommandOutput>) {
  const sent: unknown[] = [];
  const send = (command: PutEventsCommand) => Promise.resolve((sent.push(command.input), answer));
  return { emitter: createEmitter({ send } as never, 'lastgood-test'), sent };
}

describe('emit', () => {
  it('publishes one event to the bus', async () => {
    const { emitter, sent } = bus({ Entries: [{ EventId: '1' }] });
    await emitter.emit('Rollback Rejected', detail);
    expect(sent).toEqual([
      {
        Entries: [
          {
            EventBusName: 'lastgood-test',
            Source: 'lastgood',
            DetailType: 'Rollback Rejected',
            Detail: JSON.stringify(detail),
          },
        ],
      },
    ]);
  });

  it.each([
    ['ThrottlingException', 'Throttled'],
    ['InternalFailure', 'Unavailable'],
    ['AccessDeniedException', 'NotPermitted'],
    ['MalformedDetail', 'MalformedDetail'],
  ])('throws if the entry failed as %s, which the state machine knows as %s', async (code, name) => {
    const { emitter } = bus({ FailedEntryCount: 1, Entries: [{ ErrorCode: code, ErrorMessage: 'no' }] });
    const thrown = await emitter.emit('Rollback Rejected', detail).catch((error: unknown) => error);
    expect(named(thrown)).toMatchObject({ name });
  });
});
