import { expect, test } from 'vitest';
import '../../../local/scenarios/silence-logs.ts';
import { courseOf } from '../../../local/campaign/course.ts';
import { proofsIn } from '../../../local/campaign/entries.ts';
import { DEPENDENCY } from '../../../local/campaign/neighbours.ts';
import { gainersOf } from '../../../local/campaign/moves.ts';
import type { Night } from '../../../local/campaign/night.ts';
import { nightOn, step } from '../../../local/campaign/planted/nights.ts';
import { playStory, type Played } from '../../../local/campaign/play.ts';
import { SCALING_ALARMS } from '../../../local/campaign/scaling.ts';
import type { Settings, Step } from '../../../local/campaign/story.ts';

const AUTO = { lastgood: 'auto', 'lastgood:soak': '5' };
const bad = step(60, 'release', { way: 'errors' });

/** Plays a story of an hour, and returns it with what it came to. */
async function lived(
  ground: string,
  steps: readonly Step[],
  settings: Partial<Settings> = {},
): Promise<{ readonly night: Night; readonly played: Played }> {
  let night: Night | undefined;
  const played = await playStory(nightOn(ground, steps, settings), (ended) => (night = ended));
  return { night: night as Night, played };
}

/** Returns the rollbacks that an alarm started, as the outcome of each. */
function outcomesOf(night: Night, alarm: string): readonly (string | undefined)[] {
  return courseOf(night)
    .rollbacks.filter(({ last: { request } }) => {
      const trigger = request?.trigger;
      return trigger?.type === 'alarm' && trigger.alarm === alarm;
    })
    .map(({ last }) => last.outcome?.state);
}

test.each<[NonNullable<Settings['scaling']>, readonly string[]]>([
  ['tracked', []],
  ['steps', ['skipped']],
])(
  'an alarm that only scales (%s) turns beside a bad release, and rolls nothing back',
  async (scaling, is) => {
    const { night, played } = await lived('ecs/ECS/rolling', [bad], { scaling });
    const name = SCALING_ALARMS[scaling as 'tracked'];
    expect(courseOf(night).allTurns.some(({ alarm, to }) => alarm === name && to === 'ALARM')).toBe(true);
    expect([outcomesOf(night, name), outcomesOf(night, 'errors')]).toEqual([is, ['rolled-back']]);
    expect(played.breaches).toEqual([]);
    expect(played.reached.invariants).toContain('scaling-starts-nothing');
  },
);

test.each([
  ['ecs/ECS/rolling', [3, 0, 3]],
  ['asg/instance-refresh/rolling', [3, 0, 3]],
])('%s is scaled to nothing and back', async (ground, counts) => {
  const { night, played } = await lived(ground, [step(60, 'scale-to-nothing', { minutes: 10 })]);
  expect(night.capacity.map(({ count }) => count)).toEqual(counts);
  expect(night.harm.every(({ to }) => to !== null)).toBe(true);
  expect(played.breaches).toEqual([]);
});

test('a function gets no concurrency, and its users hurt until it has some again', async () => {
  const { night } = await lived('lambda/pipeline/all-at-once', [
    step(60, 'scale-to-nothing', { minutes: 10 }),
  ]);
  expect(night.harm.map(({ from, to }) => Math.round(((to ?? 0) - from) / 60_000))).toEqual([10]);
});

test('a bad release of a dependency hurts the target until Lastgood has gone back with the dependency', async () => {
  const steps = [step(60, 'fix'), step(300, 'dependency-suffers', { share: 0.5, minutes: 40 })];
  const { night, played } = await lived('ecs/ECS/rolling', steps, {
    tags: { ...AUTO, 'lastgood:needs': DEPENDENCY },
  });
  const back = courseOf(night).others.find(({ target }) => target === DEPENDENCY);
  expect(back?.last.outcome?.state).toBe('rolled-back');
  const [harm] = night.harm;
  expect((harm?.to ?? 0) - (harm?.from ?? 0)).toBeLessThan(15 * 60_000);
  expect(night.releases.answeringAt(night.stage.world.clock.now(), 10_000)).toEqual(['v2']);
  expect(played.breaches).toEqual([]);
});

test('an action that is denied from the beginning is denied to Lastgood alone', async () => {
  const { night, played } = await lived('ecs/ECS/rolling', [bad], { denied: 'ecs:UpdateService' });
  const denied = night.stage.runtime.wire.calls.filter(({ allowed }) => !allowed);
  expect(denied.length).toBeGreaterThan(0);
  expect(denied.every(({ asked, role }) => asked.includes('ecs:UpdateService') && role !== 'operator')).toBe(
    true,
  );
  expect(played.breaches).toEqual([]);
});

test('releases take turns on two target groups of VPC Lattice, and a write shows who gains', async () => {
  const steps = [step(60, 'fix'), step(1800, 'release', { way: 'errors' })];
  const { night, played } = await lived('lattice/pipeline/rule-by-turns', steps);
  expect(proofsIn(night).map(({ release }) => release)).toContain('v2');
  expect(night.moves.map(gainersOf)).toEqual([['v2']]);
  expect(played.breaches).toEqual([]);
});
