import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onPause } from '../../../functions/on-pause/on-pause.ts';
import type { OutgoingEvent } from '../../../src/events/publish.ts';
import { createAnnounced } from '../../../src/ledger/dynamodb-announced.ts';
import type { PauseOrder } from '../../../src/rollback/pause.ts';
import { after } from '../../../src/rollback/time.ts';
import { startTables, type Tables } from '../../src/ledger/tables.ts';

const AT = '2026-11-22T03:00:00.000Z';
const PAUSED: PauseOrder = { paused: true, because: 'the database moves', by: 'ada', at: AT };

let tables: Tables;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.close());

/** Announces with a parameter and a clock that the test sets. */
async function scene() {
  const world: { order: PauseOrder | null; seconds: number; fails?: Error } = { order: null, seconds: 0 };
  const events: OutgoingEvent[] = [];
  const announce = onPause(
    {
      readPause: () => Promise.resolve(world.order),
      announced: createAnnounced(tables.client, await tables.claimsTable()),
      emitter: {
        emit: (type, detail) => {
          if (world.fails !== undefined) return Promise.reject(world.fails);
          events.push({ type, detail } as OutgoingEvent);
          return Promise.resolve();
        },
      },
    },
    () => after(AT, world.seconds),
  );
  const at = (seconds: number, order: PauseOrder | null) => {
    Object.assign(world, { seconds, order });
    return announce();
  };
  return { at, events, world };
}

describe('a pause', () => {
  it('is announced at once, every hour, and when it ends', async () => {
    const { at, events } = await scene();
    const said = [];
    for (const [seconds, order] of [
      ...([
        [2, PAUSED],
        [300, PAUSED],
        [3300, PAUSED],
        [3600, PAUSED],
        [3900, PAUSED],
        [7200, PAUSED],
      ] as const),
      ...([
        [7260, { paused: false, by: 'ben', at: after(AT, 7255) }],
        [7500, { paused: false }],
      ] as const),
    ])
      said.push(await at(seconds, order));
    expect(said).toEqual([
      ...['paused', 'nothing new', 'nothing new', 'paused', 'nothing new', 'paused'],
      ...['resumed', 'nothing new'],
    ]);
    const { because, by } = PAUSED;
    expect(events[0]).toEqual({
      type: 'Lastgood Paused',
      detail: { version: '1', because, by, since: AT, announcedAt: after(AT, 2) },
    });
    expect(events.at(-1)).toEqual({
      type: 'Lastgood Resumed',
      detail: { version: '1', by: 'ben', pausedSince: AT, resumedAt: after(AT, 7255) },
    });
  });

  it('by hand has no name and no time, and begins when it was seen', async () => {
    const { at, events } = await scene();
    await at(30, { paused: true, because: 'because' });
    await at(900, null);
    expect(events.map(({ detail }) => detail)).toEqual([
      { version: '1', because: 'because', since: after(AT, 30), announcedAt: after(AT, 30) },
      { version: '1', pausedSince: after(AT, 30), resumedAt: after(AT, 900) },
    ]);
  });

  it('with another reason is announced at once', async () => {
    const { at } = await scene();
    await at(0, PAUSED);
    expect(await at(60, { ...PAUSED, because: 'it takes longer' })).toBe('paused');
  });

  it('that could not be published is published by the next call', async () => {
    const { at, world } = await scene();
    world.fails = new Error('the bus is down');
    await expect(at(0, PAUSED)).rejects.toThrow('the bus is down');
    delete world.fails;
    expect(await at(300, PAUSED)).toBe('paused');
  });

  it('that never was is not said to end', async () => {
    const { at, events } = await scene();
    await at(0, null);
    await at(60, { paused: false });
    expect(events).toEqual([]);
  });
});
