import * as streams from '@smithy/core/event-streams';
import { expect, it } from 'vitest';
import * as none from '../../../src/lambda/no-event-streams.ts';

it('has what AWS clients import at once, and refuses a stream', () => {
  for (const name of Object.keys(none)) expect(streams).toHaveProperty(name);
  const config = { region: 'eu-west-1' };
  expect(none.resolveEventStreamSerdeConfig(config)).toBe(config);
  expect(none.eventStreamSerdeProvider()).toEqual({});
  expect(() => Reflect.construct(none.EventStreamSerde, []) as unknown).toThrow(/leave out event streams/);
});
