import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_RECENT_DEPLOYMENTS } from '../../../src/rollback/plan.ts';
import { rolloutsIn, type Condemnation, type Stretch } from '../../../src/rollback/rollouts.ts';

const at = (minute: number) =>
  new Date(Date.parse('2026-11-22T03:00:00.000Z') + minute * 60_000).toISOString();

/** `blue` or `blue 90 green 10`, first seen in this minute. */
function stretch(text: string, minute: number): Stretch {
  const words = text.split(' ');
  const pairs =
    words.length === 1
      ? [[text, 100] as const]
      : words.flatMap((word, i) => (i % 2 === 0 ? [[word, Number(words[i + 1])] as const] : []));
  const isWhole = pairs.length === 1;
  return {
    since: at(minute),
    id: `${text} since ${minute}`,
    revision: { id: `${text} since ${minute}`, name: text },
    content: text,
    shares: Object.fromEntries(pairs.map(([side, percent]) => [side, percent / 100])),
    isWhole,
    isDone: isWhole,
    isProven: false,
  };
}

/** Newest first. */
const recent = (stretches: readonly Stretch[], condemned: readonly Condemnation[] = []) =>
  rolloutsIn(stretches, { unseenSeconds: 60, condemned }).map(({ deployment }) => deployment);

describe('a rollout to equal content', () => {
  const hidden = (text: string, minute: number) => ({ ...stretch(text, minute), isHidden: true }) as const;
  const mayBeNew = (stretches: readonly Stretch[], condemned: readonly Condemnation[] = []) =>
    recent(stretches, condemned).map((one) => one.mayBeNew);

  it('may be a new release where AWS does not show what runs there', () => {
    const all = [hidden('blue', 20), hidden('green', 10), hidden('blue', 0)];
    expect(mayBeNew(all)).toEqual([true, undefined, undefined]);
    expect(mayBeNew([stretch('blue', 20), ...all.slice(1)])).toEqual([undefined, undefined, undefined]);
  });

  it('is a way back where the content before it was condemned since', () => {
    const all = [hidden('blue', 20), hidden('green', 10), hidden('blue', 0)];
    expect(mayBeNew(all, [{ content: 'green', at: at(25) }])).toEqual([undefined, undefined, undefined]);
  });
});

it('a rollout shares as its last stretch does', () => {
  const canary = { ...stretch('blue 90 green 10', 10), sharesWith: 'older' } as const;
  expect(recent([canary, stretch('blue', 0)]).map((one) => one.sharesWith)).toEqual(['older', undefined]);
  const whole = recent([stretch('green', 20), canary, stretch('blue', 0)]);
  expect(whole.map((one) => one.sharesWith)).toEqual([undefined, undefined]);
});

describe('the steps of a rollout', () => {
  it('are one deployment, from the first on', () => {
    const steps = [
      stretch('green', 40),
      stretch('blue 50 green 50', 30),
      stretch('blue 90 green 10', 20),
      stretch('blue', 0),
    ];
    expect(recent(steps)).toMatchObject([
      { id: 'green since 40', state: 'completed', startedAt: at(19), finishedAt: at(40), content: 'green' },
      { content: 'blue' },
    ]);
    expect(recent(steps.slice(1))).toMatchObject([
      { id: 'blue 50 green 50 since 30', state: 'in-flight', startedAt: at(19) },
      { content: 'blue' },
    ]);
  });

  it('are proven with the last one', () => {
    const steps = (isProven: boolean) => [
      { ...stretch('green', 40), isProven },
      { ...stretch('blue 90 green 10', 20), isProven: !isProven },
      stretch('blue', 0),
    ];
    expect(recent(steps(true))[0]).toMatchObject({ id: 'green since 40', isProven: true });
    expect(recent(steps(false))[0]).not.toHaveProperty('isProven');
  });

  it('end where the traffic turns back: that canary failed then', () => {
    const steps = [stretch('blue', 30), stretch('blue 90 green 10', 20), stretch('blue', 0)];
    expect(recent(steps)).toMatchObject([
      { content: 'blue', state: 'completed', startedAt: at(29), finishedAt: at(30) },
      { content: 'blue 90 green 10', state: 'failed', finishedAt: at(30) },
      { content: 'blue', finishedAt: at(0) },
    ]);
  });

  it('end where another side comes in', () => {
    const steps = [stretch('blue 90 fix 10', 30), stretch('blue 90 green 10', 20), stretch('blue', 0)];
    expect(recent(steps)).toHaveLength(3);
  });

  it('of what was first ever seen are not known', () => {
    expect(recent([stretch('green', 20), stretch('blue 50 green 50', 10)])).toMatchObject([
      { content: 'green', startedAt: at(19) },
      { content: 'blue 50 green 50' },
    ]);
  });

  it('where a side comes in with no traffic yet are its steps', () => {
    const joined = {
      ...stretch('blue', 20),
      id: 'joined',
      isWhole: false,
      isDone: false,
      shares: { blue: 1, green: 0 },
    };
    const [newest] = recent([stretch('green', 30), joined, stretch('blue', 0)]);
    expect(newest).toMatchObject({ content: 'green', startedAt: at(19) });
  });
});

it('a deployment is proven where its last stretch is', () => {
  const steps = [stretch('green', 20), { ...stretch('blue', 0), isProven: true }];
  expect(recent(steps).map(({ isProven }) => isProven)).toEqual([undefined, true]);
});

it('a deployment began after what it replaced was seen', () => {
  const [newest] = recent([{ ...stretch('green', 20), since: at(20.5) }, stretch('blue', 20)]);
  expect(newest).toMatchObject({ startedAt: at(20), seenAt: at(20.5) });
});

describe('a change that was seen between two sights', () => {
  const blue = stretch('blue', 0);
  const green = (notBefore: number) => ({ ...stretch('green', 20), notBefore: at(notBefore) });
  const beginning = (all: readonly Stretch[]) => {
    const [{ startedAt, sights } = { startedAt: '' }] = recent(all);
    return { startedAt, sights };
  };

  it('may have begun at any time between them', () => {
    expect(beginning([green(11), blue])).toEqual({
      startedAt: at(19),
      sights: { notBefore: at(11), seenAt: at(20) },
    });
  });

  it('began within the usual minute, if the sweep looked then', () => {
    for (const notBefore of [19.5, 19, 18.9, 18.5])
      expect(beginning([green(notBefore), blue])).toEqual({
        startedAt: at(Math.max(19, notBefore)),
        sights: undefined,
      });
    expect(beginning([green(18.4), blue]).sights).toBeDefined();
    expect(beginning([stretch('green', 20), blue])).toEqual({ startedAt: at(19), sights: undefined });
  });

  it('began after what it replaced was seen', () => {
    expect(beginning([green(-5), blue]).sights?.notBefore).toBe(at(0));
  });

  it('is a way back, where what it brought back was condemned before it was seen', () => {
    const [bad, back] = [stretch('green', 10), { ...stretch('blue', 30), notBefore: at(12) }];
    const isBack = (all: readonly Stretch[], minute: number) =>
      recent(all, [{ content: 'green', at: at(minute) }])[0]?.isRollback;
    expect(isBack([back, bad, blue], 25)).toBe(true);
    expect(isBack([back, bad, blue], 11)).toBe(false);
    expect(isBack([{ ...back, content: 'fix' }, bad, blue], 25)).toBe(false);
  });
});

it('what AWS has done at once is completed, though a rollout goes on', () => {
  const step = { ...stretch('blue 90 green 10', 20), isDone: true };
  expect(recent([step, stretch('blue', 0)])).toMatchObject([{ state: 'completed', finishedAt: at(20) }, {}]);
});

describe('a way back is known', () => {
  const steps = [stretch('blue', 30), stretch('green', 20), stretch('blue', 0)];
  const ways = (condemned: readonly Condemnation[], of = steps) =>
    recent(of, condemned).map(({ isRollback }) => isRollback);

  it('by what was condemned while it ran', () => {
    expect(ways([{ content: 'green', at: at(32) }])).toEqual([true, false, false]);
  });

  it('and not by a condemnation before it, after its end, or of its own content', () => {
    expect(ways([{ content: 'green', at: at(29) }])).toEqual([false, false, false]);
    expect(ways([{ content: 'blue', at: at(32) }])).toEqual([false, false, false]);
    const replaced = [stretch('fix', 40), ...steps];
    expect(ways([{ content: 'green', at: at(32) }], replaced)).toEqual([false, true, false, false]);
  });

  it('and not where a new release came before the rollback ended, which condemns', () => {
    const replaced = [stretch('fix', 40), ...steps];
    expect(ways([{ content: 'green', at: at(41) }], replaced)).toEqual([false, false, false, false]);
    const fixed = [stretch('fix', 40), ...steps.slice(1)];
    expect(ways([{ content: 'green', at: at(41) }], fixed)).toEqual([true, false, false]);
  });

  it('where nothing is known of what ran before it', () => {
    expect(ways([{ content: 'green', at: at(32) }], [stretch('blue', 30)])).toEqual([true]);
  });
});

it('a side may be named like what every object has', () => {
  const steps = [stretch('toString', 20), stretch('blue', 0)];
  expect(rolloutsIn(steps, { unseenSeconds: 60, condemned: [] })[0]?.brings).toEqual(['toString']);
});

it('no stretch is in two deployments, and the newest of at most twelve is the last stretch', () => {
  const texts = fc.array(
    fc.constantFrom('blue', 'green', 'fix', 'blue 90 green 10', 'blue 50 green 50', 'green 50 fix 50'),
    {
      minLength: 1,
      maxLength: 30,
    },
  );
  fc.assert(
    fc.property(texts, (given) => {
      const stretches = given.map((text, index) => stretch(text, index * 5)).toReversed();
      const found = recent(stretches);
      expect(found.length).toBeLessThanOrEqual(MAX_RECENT_DEPLOYMENTS);
      expect(found[0]?.id).toBe(stretches[0]?.id);
      const starts = found.map(({ startedAt }) => Date.parse(startedAt));
      expect(starts).toEqual(starts.toSorted((one, other) => other - one));
      expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    }),
  );
});
