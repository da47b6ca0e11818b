import { describe, expect, test } from 'vitest';
import { createKindSweep } from '../../../functions/sweep/sweep-kind.ts';
import type { Beginning } from '../../../src/lambda/follow.ts';
import type { Entry, ObservedRevision } from '../../../src/ledger/ledger.ts';
import type { Round } from '../../../src/ledger/rounds.ts';
import { InvalidRequest } from '../../../src/rollback/errors.ts';
import type { ObservedDeployment, Reconciler, Seen, Sight } from '../../../src/targets/kind.ts';
import { createFakeStarter } from '../starter.ts';

const AT = '2026-11-22T03:00:00.000Z';
const at = (minute: number) => new Date(Date.parse(AT) + minute * 60_000).toISOString();

const deploymentOf = (name: string, more: Partial<ObservedDeployment> = {}): ObservedDeployment => ({
  target: `ecs:prod/${name}`,
  deployment: `d-${name}`,
  state: 'completed',
  at: AT,
  reason: 'done',
  ...more,
});

const throttled = () => Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });

/** A kind of which each service is a page of its own, as a test sets it. */
class Kind {
  /** By unit: what its page shows. */
  readonly pages = new Map<string, readonly ObservedDeployment[] | Error>();
  content = 'first';
  isMoving = false;
  lacks: string | undefined;
  readonly sights: Sight[] = [];
  readonly reads: string[] = [];

  constructor(names: readonly string[]) {
    for (const name of names) this.pages.set(name, [deploymentOf(name)]);
  }

  readonly reconciler: Omit<Reconciler, 'deployed'> = {
    shares: [{ quota: 'ecs service read', callsPerMinute: 100 }],
    unitsPerPage: 1,
    provesPerMinute: 1,
    units: () => Promise.resolve([...this.pages.keys()].map((name) => ({ batch: 'prod', name }))),
    read: ([unit]) => {
      this.reads.push(unit.name);
      const page = this.pages.get(unit.name) ?? [];
      if (page instanceof Error) return Promise.reject(page);
      const { content, isMoving, lacks } = this;
      const seen = {
        unit,
        target: `ecs:prod/${unit.name}`,
        content,
        isMoving,
        ...(lacks !== undefined && { lacks }),
      };
      const observed: Seen['observed'] = async (sight) => {
        this.sights.push(sight);
        await sight.entries();
        return page;
      };
      return Promise.resolve([{ ...seen, observed }]);
    },
  };
}

/** The table and the state machine, which outlive a warm function. */
class World {
  readonly observed: ObservedRevision[] = [];
  readonly starter = createFakeStarter();
  readonly followed: Beginning[] = [];
  readonly kept = new Map<string, Round>();
  readonly warned: object[] = [];
  readonly asked: string[] = [];
  hasTime = () => true;
  /** Kinds whose calendars were read. */
  readonly asksRest: string[] = [];
  isResting = false;

  /** Runs one minute, and returns what it threw. */
  async run(sweep: ReturnType<typeof createKindSweep>, minute = 0): Promise<unknown> {
    const sweeping = {
      ledger: { observe: (one: ObservedRevision) => Promise.resolve(void this.observed.push(one)) },
      starter: this.starter,
      follow: (one: Beginning) => Promise.resolve(void this.followed.push(one)),
      rounds: {
        of: (kind: string) => Promise.resolve(this.kept.get(kind) ?? null),
        keep: (kind: string, round: Round) => Promise.resolve(void this.kept.set(kind, round)),
      },
      rests: (kind: string) => {
        this.asksRest.push(kind);
        return Promise.resolve(this.isResting);
      },
      warn: (_message: string, about: object) => void this.warned.push(about),
      hasTime: () => this.hasTime(),
    };
    const context = {
      optedIn: () => Promise.resolve([]),
      entriesOf: (target: string) => {
        this.asked.push(target);
        return Promise.resolve<readonly Entry[]>([]);
      },
      now: at(minute),
    };
    return sweep(sweeping, context).then(
      () => null,
      (thrown: unknown) => thrown,
    );
  }
}

function stage(...names: string[]) {
  const kind = new Kind(names);
  const world = new World();
  let sweep = createKindSweep('ecs', kind.reconciler);
  const cold = () => (sweep = createKindSweep('ecs', kind.reconciler));
  return { kind, world, cold, run: (minute = 0) => world.run(sweep, minute) };
}

describe('while ways back wait', () => {
  test('a kind is left for the next minute', async () => {
    const { world, run } = stage('checkout');
    world.isResting = true;
    await run();
    expect(world.observed).toEqual([]);
    world.isResting = false;
    await run(1);
    expect(world.observed).toHaveLength(1);
  });

  test('the calendar of a kind that is not in use is read once, until it has a target', async () => {
    const { kind, world, run } = stage();
    for (const minute of [0, 1, 2]) await run(minute);
    expect(world.asksRest).toEqual(['ecs']);
    kind.pages.set('checkout', [deploymentOf('checkout')]);
    await run(3);
    expect(world.observed).toHaveLength(1);
    await run(4);
    expect(world.asksRest).toEqual(['ecs', 'ecs']);
  });
});

describe('what is new on a page', () => {
  test('a completed deployment is recorded with the shortest soak', async () => {
    const { world, run } = stage('checkout');
    await run();
    expect(world.observed).toEqual([
      {
        target: 'ecs:prod/checkout',
        deployment: 'd-checkout',
        completedAt: AT,
        soakUntil: at(1),
      },
    ]);
    expect(world.starter.started).toEqual([]);
  });

  test('a deployment that began, or completed, is followed, and a failed one is not', async () => {
    const { kind, world, run } = stage();
    const states = ['started', 'completed', 'failed', 'stalled'] as const;
    kind.pages.set(
      'checkout',
      states.map((state) => deploymentOf('checkout', { state, deployment: state })),
    );
    await run();
    expect(world.followed.map(({ deployment }) => deployment)).toEqual(['started', 'completed']);
  });

  test('a failed deployment starts the same rollback as its event', async () => {
    const { kind, world, run } = stage();
    kind.pages.set('checkout', [deploymentOf('checkout', { state: 'failed' })]);
    await run();
    expect(world.observed).toEqual([]);
    expect(world.starter.started).toMatchObject([
      { target: 'ecs:prod/checkout', trigger: { type: 'deployment', id: 'd-checkout' } },
    ]);
  });

  test('a stalled deployment starts the same rollback as a hint', async () => {
    const { kind, world, run } = stage();
    kind.pages.set('checkout', [deploymentOf('checkout', { state: 'stalled' })]);
    await run();
    expect(world.starter.started).toMatchObject([
      {
        target: 'ecs:prod/checkout',
        reason: 'deployment d-checkout cannot progress: done',
        trigger: { type: 'deployment', sign: 'stalled', id: 'd-checkout stalled' },
      },
    ]);
  });

  test('a started deployment is left alone', async () => {
    const { kind, world, run } = stage();
    kind.pages.set('checkout', [deploymentOf('checkout', { state: 'started' })]);
    expect(await run()).toBeNull();
    expect([world.observed, world.starter.started]).toEqual([[], []]);
  });
});

describe('where nothing is new', () => {
  test('a warm function reads no entries and writes nothing but its round', async () => {
    const { world, run } = stage('checkout', 'basket');
    await run(0);
    const before = [...world.asked];
    await run(1);
    await run(2);
    expect(world.asked).toEqual(before);
    expect(world.observed).toHaveLength(2);
    expect(world.kept.get('ecs')).toMatchObject({ at: at(2), began: at(2), lastBegan: at(1) });
  });

  test('a deployment in flight is looked at again, and reconciled once', async () => {
    const { kind, world, run } = stage('checkout');
    kind.isMoving = true;
    await run(0);
    await run(1);
    expect(kind.sights).toHaveLength(2);
    expect(world.observed).toHaveLength(1);
  });

  test('after a cold start the entries are read once more', async () => {
    const { world, run, cold } = stage('checkout');
    await run(0);
    cold();
    await run(1);
    await run(2);
    expect(world.asked).toEqual(['ecs:prod/checkout', 'ecs:prod/checkout']);
  });
});

describe('a change', () => {
  test('is between two sights', async () => {
    const { kind, run, cold } = stage('checkout');
    await run(0);
    await run(3);
    kind.content = 'second';
    await run(4);
    cold();
    kind.content = 'third';
    await run(7);
    expect(kind.sights.map(({ at, before }) => [before, at])).toEqual([
      [null, at(0)],
      [at(3), at(4)],
      [at(4), at(7)],
    ]);
  });
});

test('what could not be read at the last sight may have changed before it', async () => {
  const { kind, world, run } = stage('checkout');
  await run(0);
  kind.lacks = 'eu-south-2: not authorized';
  kind.content = 'first, in part';
  await run(1);
  kind.content = 'second, in part';
  await run(2);
  kind.lacks = undefined;
  kind.content = 'second';
  await run(3);
  kind.content = 'third';
  await run(4);
  expect(kind.sights.map(({ before }) => before)).toEqual([null, at(0), at(1), null, at(3)]);
  expect(world.warned).toEqual([{ target: 'ecs:prod/checkout', because: 'eu-south-2: not authorized' }]);
});

describe('two warm functions that take turns', () => {
  const two = () => {
    const { kind, world } = stage('checkout');
    const [one, other] = [createKindSweep('ecs', kind.reconciler), createKindSweep('ecs', kind.reconciler)];
    return { kind, world, one, other };
  };

  test('see that a target changed back to what one of them remembers', async () => {
    const { kind, world, one, other } = two();
    await world.run(one, 0);
    kind.content = 'second';
    await world.run(other, 1);
    kind.content = 'first';
    await world.run(one, 2);
    await world.run(one, 3);
    expect(kind.sights.map(({ at, before, isNew }) => [before, at, isNew])).toEqual([
      [null, at(0), true],
      [at(0), at(1), true],
      [at(1), at(2), true],
    ]);
  });

  test('know of no sight before of a target that left and joined between', async () => {
    const { kind, world, one, other } = two();
    await world.run(one, 0);
    kind.pages.delete('checkout');
    kind.pages.set('basket', []);
    await world.run(other, 1);
    kind.pages.set('checkout', [deploymentOf('checkout')]);
    kind.content = 'second';
    await world.run(one, 2);
    expect(kind.sights.at(-1)).toMatchObject({ at: at(2), before: null });
  });
});

describe('a page that fails', () => {
  test('does not stop the others, and is thrown after them', async () => {
    const { kind, world, run } = stage('basket', 'checkout');
    kind.pages.set('basket', new Error('AWS does not answer'));
    expect(await run()).toMatchObject({ message: 'AWS does not answer' });
    expect(world.observed).toMatchObject([{ deployment: 'd-checkout' }]);
  });

  test('by throttling is logged, fails nothing, and is due again', async () => {
    const { kind, world, run } = stage('basket', 'checkout');
    kind.pages.set('basket', throttled());
    expect(await run(0)).toBeNull();
    expect(world.observed).toMatchObject([{ deployment: 'd-checkout' }]);
    expect(world.warned).toMatchObject([{ kind: 'ecs', page: ['prod\nbasket'] }]);
    expect(world.kept.get('ecs')?.due).toEqual({ 'prod\nbasket': null });
    kind.pages.set('basket', [deploymentOf('basket')]);
    await run(1);
    expect(world.observed.map(({ deployment }) => deployment)).toEqual(['d-checkout', 'd-basket']);
  });

  test('by a deployment that cannot be read, keeps its sight', async () => {
    const { kind, world, run } = stage('checkout', 'basket');
    kind.pages.set('basket', [deploymentOf('basket', { target: 'nonsense' })]);
    expect(await run()).toBeInstanceOf(InvalidRequest);
    expect(world.observed).toHaveLength(1);
    expect(world.kept.get('ecs')?.due).toEqual({ 'prod\nbasket': null });
  });
});

test('without time, pages are left for the next minute', async () => {
  const { kind, world, run } = stage('checkout', 'basket');
  world.hasTime = () => kind.reads.length === 0;
  await run(0);
  world.hasTime = () => true;
  await run(1);
  expect(kind.reads).toHaveLength(3);
  expect(new Set(kind.reads).size).toBe(2);
});

test('a kind without targets writes nothing', async () => {
  const { world, run } = stage();
  await run();
  expect(world.kept.size).toBe(0);
});
