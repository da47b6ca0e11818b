import { describe, expect, it } from 'vitest';
import type { BothSides, Look, Pause } from '../../../src/lookout/document.ts';
import { weigh } from '../../../src/lookout/weigh.ts';
import { at, crash, everyWeighed, followed, lookAt, probes, sides, weighAfter } from './followed.ts';

const PAUSE: Pause = { hook: 'hook/1', stage: 'POST_TEST_TRAFFIC_SHIFT' };
const GATED = { ...sides().tags, 'lastgood:gate': 'on' };
const paused = (more: Partial<BothSides> = {}) => sides({ pause: PAUSE, tags: GATED, ...more });

/** Looks each ten seconds at a pause. */
const looks = (to: number, more: Partial<Look> = {}) =>
  Array.from({ length: to / 10 }, (_, index) => lookAt(10 * index, more));
const well = { probes: [probes({ sent: 20 })] };
const states = (all: readonly Look[], both: BothSides) => everyWeighed(all, both).map(({ state }) => state);

describe('at a pause of a deployment', () => {
  it('a comparison that is good lets it pass', () => {
    const [last] = everyWeighed(looks(200, well), paused()).slice(-1);
    expect(last).toMatchObject({ state: 'pass', pause: PAUSE });
    expect(last!.says.join()).toContain('were answered well');
  });

  it('that ECS still shows after its answer is answered again after two minutes, and another one at once', () => {
    const passed = everyWeighed(looks(200, well), paused()).at(-1)!;
    const after = (seconds: number, hook = 'hook/1') => {
      const second = Math.round((Date.parse(passed.at) - Date.parse(at(0))) / 1000) + seconds;
      const both = paused({ pause: { ...PAUSE, hook } });
      return weigh(followed({ sides: both, weighed: passed, look: lookAt(second, well) }), at(second)).state;
    };
    expect(after(25)).toMatch(/^wait/);
    expect(after(25, 'hook/2')).toBe('pass');
    expect(after(40)).toMatch(/^wait/);
    expect(after(120)).toBe('pass');
  });

  it('before the shift only probes of the newer side are a comparison', () => {
    const before = paused({ pause: { ...PAUSE, isBefore: true } });
    expect(states(looks(200, well), before)).not.toContain('pass');
    const both = { probes: [probes(), probes({ through: 'newer' })] };
    expect(states(looks(200, both), before).at(-1)).toBe('pass');
  });

  it('nothing that was compared asks a person, once', () => {
    const all = looks(400);
    const [ask, ...others] = everyWeighed(all, paused()).toReversed();
    expect(ask).toMatchObject({ state: 'ask', pause: PAUSE, at: at(300) });
    expect(others.every(({ state }) => state.startsWith('wait'))).toBe(true);
    const asked = ask!.counters;
    expect(asked.asked).toEqual(['hook/1']);
  });

  it('a person is asked again at another pause, and not again at the same one', () => {
    const asked = everyWeighed(looks(400), paused()).at(-1)!;
    const after = (hook: string) => {
      const both = paused({ pause: { ...PAUSE, hook } });
      return weighAfter(asked, 310, both).state;
    };
    expect(after('hook/1')).toMatch(/^wait/);
    expect(after('hook/2')).toBe('ask');
  });

  it('what speaks against it does not pass, and what is bad accuses', () => {
    const open = { ...well, stops: [crash(5)] };
    expect(states(looks(200, open), paused())).not.toContain('pass');
    const stops = [5, 6, 7, 8, 9, 10].map((second) => crash(second));
    expect(states(looks(200, { ...well, stops }), paused())).toEqual(['accuse']);
  });

  it('nothing is answered without the tag', () => {
    const both = paused({ tags: sides().tags });
    expect(states(looks(600, well), both).every((state) => state.startsWith('wait'))).toBe(true);
  });
});

it('without a pause nothing is answered', () => {
  const both = sides({ tags: GATED });
  expect(states(looks(600), both).every((state) => state.startsWith('wait'))).toBe(true);
});
