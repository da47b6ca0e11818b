import { describe, expect, it } from 'vitest';
import { holdBack } from '../../../functions/guard/hold-back.ts';
import type { Rollback } from '../../../src/rollback/document.ts';
import { ClaimLost, Throttled } from '../../../src/rollback/errors.ts';
import type { HeldBack, PauseOrder } from '../../../src/rollback/pause.ts';
import { AT, ready, request } from '../../src/rollback/documents.ts';

const PAUSED: PauseOrder = { paused: true, because: 'the database moves', by: 'ada' };
const claim = { kind: 'ecs', holder: 'one', since: AT, expiresAt: AT };
const rollback: Rollback = {
  ...{ request, execution: 'one', claim, plan: { ...ready, takes: { write: [], look: [] } } },
  verdict: { verdict: 'act', at: AT, reasons: ['!'] },
};
const turn = { at: AT, quota: 'ecs service modify', ahead: 5 };

interface Given {
  readonly order: PauseOrder | null | Error;
  readonly wrote?: boolean;
  readonly hold?: () => Promise<void>;
  readonly emit?: () => Promise<void>;
  readonly waitFor?: () => Promise<void>;
  readonly document?: Rollback;
}

async function poll({ order, wrote = false, hold, emit, waitFor, document = rollback }: Given) {
  const [events, held, asked]: [string[], string[], string[]] = [[], [], []];
  const noted: ('pause' | null)[] = [];
  const run = holdBack(
    {
      readPause: () => (order instanceof Error ? Promise.reject(order) : Promise.resolve(order)),
      claims: {
        hold: hold ?? ((target) => Promise.resolve(void held.push(target))),
        mayHaveWritten: () => Promise.resolve(wrote),
        waitFor: waitFor ?? ((_target, _execution, what) => Promise.resolve(void noted.push(what))),
      },
      emitter: { emit: async (type) => void (await emit?.(), events.push(type)) },
      turns: {
        of: (takes) => (asked.push(...takes.map(({ quota }) => quota)), Promise.resolve(turn)),
      },
    },
    () => AT,
  );
  return { paused: await run({ verb: 'pause', rollback: document }), events, held, asked, noted };
}

describe('a poll while Lastgood is paused', () => {
  it('renews the claim, and publishes the steps and the wait', async () => {
    const { paused, events, held } = await poll({ order: PAUSED });
    expect(paused).toMatchObject({ state: 'waiting', published: ['Started', 'Planned', 'Paused 1'] });
    expect([events, held]).toEqual([
      ['Rollback Started', 'Rollback Planned', 'Rollback Paused'],
      [request.target],
    ]);
  });

  it('notes once that the rollback waits, and that it goes on', async () => {
    const first = await poll({ order: PAUSED });
    const { paused } = first;
    const again = await poll({ order: PAUSED, document: { ...rollback, paused } });
    const resumed = await poll({ order: { paused: false }, document: { ...rollback, paused } });
    expect([first.noted, again.noted, resumed.noted]).toEqual([['pause'], [], [null]]);
    const unnoted = await poll({ order: PAUSED, waitFor: () => Promise.reject(new Error('down')) });
    expect(unnoted.paused).toMatchObject({ state: 'waiting' });
  });

  it('publishes nothing twice', async () => {
    const { paused } = await poll({ order: PAUSED });
    const { events } = await poll({ order: PAUSED, document: { ...rollback, paused } });
    expect(events).toEqual([]);
  });

  it('publishes with the next poll while the bus is down', async () => {
    const down = await poll({ order: PAUSED, emit: () => Promise.reject(new Error('down')) });
    expect(down.paused).toMatchObject({ state: 'waiting', published: [] });
    const { events } = await poll({ order: PAUSED, document: { ...rollback, paused: down.paused } });
    expect(events).toHaveLength(3);
  });

  it.each([
    ['plans in its turn', false, 'plan', 'ecs service read'],
    ['writes in its turn', true, 'revert', undefined],
  ] as const)('%s when Lastgood was resumed', async (_, wrote, next, quota) => {
    const { paused, asked, events } = await poll({ order: null, wrote });
    expect(paused).toMatchObject({ state: 'resumed', next, turn } satisfies Partial<HeldBack>);
    if (quota !== undefined) expect(asked).not.toEqual([]);
    expect(events).toEqual([]);
  });

  it('fails where the order cannot be read, and all the same renews the claim', async () => {
    let isHeld = false;
    const hold = () => Promise.resolve(void (isHeld = true));
    await expect(poll({ order: new Throttled('slow down'), hold })).rejects.toMatchObject({
      name: 'Throttled',
    });
    expect(isHeld).toBe(true);
  });

  it('fails where another execution took the claim', async () => {
    const hold = () => Promise.reject(new ClaimLost('lost'));
    await expect(poll({ order: PAUSED, hold })).rejects.toMatchObject({ name: 'ClaimLost' });
  });
});
