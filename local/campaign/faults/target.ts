import fc from 'fast-check';
import type { Ability } from '../ground.ts';
import type { Night } from '../night.ts';
import { nothingToEnd, type Fault } from './fault.ts';
import { incidents } from './incidents.ts';

const nothing = fc.constant({});
const minutes = fc.integer({ min: 1, max: 8 });

/** What happens to the target midway. */
export const target: readonly Fault[] = [
  {
    name: 'tag-removed',
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UntagResource.html',
    draws: nothing,
    begin({ subject, story }) {
      subject.tag({});
      return () => subject.tag(story.settings.tags);
    },
  },
  able('first-removed', incidents(17), 'lose-first'),
  able('capacity-added', incidents(4), 'grow'),
  able('capacity-taken', incidents(14), 'shrink'),
  able('abort-without-cause', incidents(13), 'abort'),
  able(
    'settings-drift',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html',
    'drift',
  ),
  {
    name: 'first-turned-bad',
    source: incidents(3, 8, 11),
    draws: fc.record({ share: fc.double({ min: 0.05, max: 1, noNaN: true }) }),
    begin({ releases }, given) {
      const { trouble } = releases;
      trouble.firstFails = Number(given['share']);
      return () => {
        trouble.firstFails = 0;
      };
    },
  },
  {
    name: 'bad-release-again',
    source: incidents(16),
    draws: nothing,
    begin({ releases, subject, stage, diary }) {
      const bad = releases.all.findLast(({ way }) => !way.startsWith('good'));
      if (bad === undefined) return nothingToEnd;
      subject.deploy(bad);
      const at = stage.world.clock.now();
      diary.push({ at, by: 'pipeline', what: 'release again', release: bad.name });
      return nothingToEnd;
    },
  },
  {
    name: 'slow-starts',
    source: incidents(7),
    draws: fc.record({ factor: fc.integer({ min: 2, max: 20 }) }),
    begin({ releases: { trouble } }, given) {
      trouble.slowerStarts = Number(given['factor']);
      return () => {
        trouble.slowerStarts = 1;
      };
    },
  },
  {
    name: 'health-checks-flap',
    source: incidents(1),
    draws: fc.record({ minutes }),
    begin: (night, given) =>
      byTurns(night, Number(given['minutes']), (isOn) => {
        night.releases.trouble.failsHealthChecks = isOn;
      }),
  },
  {
    name: 'harm-flaps',
    source: incidents(5),
    draws: fc.record({ minutes, share: fc.double({ min: 0.1, max: 0.9, noNaN: true }) }),
    begin: (night, given) =>
      byTurns(night, Number(given['minutes']), (isOn) => {
        night.stage.traffic.failAll(isOn ? Number(given['share']) : 0);
      }),
  },
  {
    name: 'harm-goes-on',
    source: incidents(10),
    draws: fc.record({ share: fc.double({ min: 0.05, max: 0.6, noNaN: true }) }),
    begin({ stage: { traffic } }, given) {
      traffic.failAll(Number(given['share']));
      return () => traffic.failAll(0);
    },
  },
];

/** A fault that strikes once, on targets that can. */
function able(name: string, source: string, ability: Ability): Fault {
  return {
    ...{ name, source, draws: nothing },
    begin({ subject }) {
      subject.can[ability]?.();
      return nothingToEnd;
    },
  };
}

/** Switches something on and off by turns, beginning now; off in the end. */
function byTurns(
  { stage: { world } }: Night,
  minutesEach: number,
  turn: (isOn: boolean) => void,
): () => void {
  let isOn = true;
  turn(isOn);
  const timer = world.clock.every(minutesEach * 60_000, () => turn((isOn = !isOn)));
  return () => {
    timer.cancel();
    turn(false);
  };
}
