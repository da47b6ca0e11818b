import { describe, expect, it } from 'vitest';
import { look, type Looking } from '../../../functions/lookout/look.ts';
import type { Kept, NotedStop } from '../../../src/ledger/lookouts.ts';
import type { BothSides, Look } from '../../../src/lookout/document.ts';
import { at, followed, lookAt, minutes, probes, sides, targetsAt } from '../../src/lookout/followed.ts';

const MEASURED = [minutes('whole', [[1000, 2, 0.1]])];
const { targets: TARGETS } = targetsAt(0, { healthy: ['new:80'] });

/** Looks at an age of the deployment, and records what was read. */
async function lookedAt(
  seconds: number,
  before: Look | undefined,
  more: Partial<Looking> & { readonly kept?: Kept; readonly both?: BothSides } = {},
) {
  const { kept = { stops: [] }, both = sides({ at: at(seconds) }), ...parts } = more;
  const read: string[] = [];
  const reading = {
    lookouts: { keep: () => (read.push('lease'), Promise.resolve(kept)) },
    sendProbes: (_: BothSides, usual: number | null) => (
      read.push(`probes, usually ${usual} s`),
      Promise.resolve([probes()])
    ),
    readTargets: () => (read.push('targets'), Promise.resolve(TARGETS)),
    readMinutes: () => (read.push('metrics'), Promise.resolve(MEASURED)),
    ...parts,
  };
  const document = followed({ sides: both, ...(before && { look: before }) });
  const answer = await look(reading, () => at(seconds))(document);
  return { read, answer };
}

describe('a look', () => {
  it('reads all at first, and renews the lease', async () => {
    const { read, answer } = await lookedAt(5, undefined);
    expect(read.toSorted()).toEqual(['lease', 'metrics', 'probes, usually null s', 'targets']);
    expect(answer).toEqual({
      ...lookAt(5, { probes: [probes()], targets: TARGETS, targetsAt: at(5) }),
      ...{ minutes: MEASURED, minutesAt: at(5) },
    });
  });

  it('keeps what is not due, with its instant', async () => {
    const before = lookAt(1200, { targets: [], targetsAt: at(1200), minutes: [], minutesAt: at(1200) });
    const { read, answer } = await lookedAt(1210, before);
    expect(read).toEqual(['lease', 'probes, usually null s']);
    expect(answer).toMatchObject({ targets: [], targetsAt: at(1200), minutes: [], minutesAt: at(1200) });
  });

  it('says what could not be read, and keeps what was seen before', async () => {
    const failing = () => Promise.reject(Object.assign(new Error('no'), { name: 'Throttled' }));
    const before = lookAt(600, { targets: TARGETS, targetsAt: at(600) });
    const { answer } = await lookedAt(1200, before, { readTargets: failing, readMinutes: failing });
    expect(answer.missing).toEqual([
      'The targets could not be read: Throttled.',
      'The metrics could not be read: Throttled.',
    ]);
    expect(answer).toMatchObject({ targets: TARGETS, targetsAt: at(600) });
    expect(answer.minutes).toBeUndefined();
  });

  it('fails where the lease cannot be renewed: a retry looks again', async () => {
    const keep = () => Promise.reject(new Error('no table'));
    await expect(lookedAt(5, undefined, { lookouts: { keep } })).rejects.toThrow('no table');
  });

  it('says which deployment another execution follows', async () => {
    const { answer } = await lookedAt(5, undefined, { kept: { stops: [], supersededBy: 'deployment/3' } });
    expect(answer.supersededBy).toBe('deployment/3');
  });

  it('sees nothing without sides', async () => {
    const none = { state: 'none', at: at(0), reason: 'It is a way back.' } as const;
    const { read, answer } = await lookedAt(5, undefined, { both: none as never });
    expect([read, answer.missing]).toEqual([[], ['The sides are not known.']]);
  });
});

describe('the stops of a look', () => {
  const stop = (more: Partial<NotedStop>): NotedStop => ({
    ...{ id: 'task/1', at: at(20), startedBy: 'ecs-svc/9', definition: 'payments:7' },
    ...{ kind: 'crash', says: 'app exited with 1' },
    ...more,
  });
  const sidesOf = async (stops: readonly NotedStop[], both = sides()) => {
    const { answer } = await lookedAt(30, undefined, { kept: { stops }, both });
    return answer.stops.map(({ side, kind }) => `${side} ${kind}`);
  };

  it('are of the side of their task definition, and of neither if it is a third one', async () => {
    const definitions = ['checkout:2', 'checkout:1', 'checkout:3'].map((definition) => stop({ definition }));
    expect(await sidesOf(definitions)).toEqual(['newer crash', 'older crash']);
    expect(await sidesOf([stop({ definition: 'checkout:2', kind: 'health' })])).toEqual(['newer health']);
  });

  it('are of neither side where both have one task definition', async () => {
    const one = (id: string) => ({ revision: { id, name: 'checkout:1' }, groups: [] });
    const both = sides({ newer: one('revision/2'), older: one('revision/1') });
    expect(await sidesOf([stop({ definition: 'checkout:1' })], both)).toEqual([]);
  });

  it('are of the side whose revision has the number of what started them', async () => {
    const id = (number: number) =>
      `arn:aws:ecs:eu-west-1:111122223333:service-revision/prod/checkout/${number}`;
    const one = (number: number) => ({ revision: { id: id(number), name: 'checkout:1' }, groups: [] });
    const both = sides({ newer: one(22), older: one(11) });
    expect(
      await sidesOf([stop({ startedBy: 'ecs-svc/22' }), stop({ startedBy: 'ecs-svc/11' })], both),
    ).toEqual(['newer crash', 'older crash']);
  });
});
