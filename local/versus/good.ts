import type { Stage } from '../scenarios/stage.ts';
import { BLUE_GREEN_SERVICE, openService, ROLLING_SERVICE, type Release, type Service } from './ecs.ts';
import type { Story } from './story.ts';

/** Noise around a release that is good. */
interface Noise {
  readonly name: string;
  readonly shows: string;
  /** The release; what the seed decides about it is drawn from the stage. */
  readonly release?: (stage: Stage) => Release;
  /** Disturbs the users from now on, or ends that. A moment during or shortly after the rollout is drawn for it. */
  readonly disturb?: (stage: Stage, on: boolean) => void;
}

const SERVICES: Readonly<Record<string, Service>> = {
  rolling: ROLLING_SERVICE,
  'blue-green': BLUE_GREEN_SERVICE,
};

/** Minutes that a run lasts: longer than the natives watch. */
const WATCHED_MINUTES = 16;

/** Seconds after the deployment began at which a disturbance begins, and for which it lasts. */
const DISTURBED_FROM: readonly [number, number] = [10, 180];
const DISTURBED_FOR: readonly [number, number] = [20, 60];

const NOISES: readonly Noise[] = [
  { name: 'quiet', shows: 'nothing is wrong' },
  {
    name: 'few-errors',
    shows: '1 % of the answers are errors, before the release and after it',
    release: () => ({ first: { errorRate: 0.01 }, behaviour: { errorRate: 0.01 } }),
  },
  {
    name: 'failing-dependency',
    shows: 'a dependency makes 30 % of the answers fail for 20 to 60 seconds',
    disturb: ({ traffic }, on) => traffic.failAll(on ? 0.3 : 0),
  },
  {
    name: 'slow-dependency',
    shows: 'a dependency makes 15 % of the answers take 2 seconds, for 20 to 60 seconds',
    disturb: ({ traffic }, on) => traffic.slowAll(on ? 0.15 : 0, 2),
  },
  {
    name: 'warm-up',
    shows: 'answers of a task take ten times as long in its first 40 seconds',
    release: () => ({ behaviour: { latency: 0.8, later: [{ fromSeconds: 40, latency: 0.08 }] } }),
  },
  {
    name: 'slow-health',
    shows: 'tasks fail their health checks for 30 to 80 seconds; the grace period is two minutes',
    release: (stage) => ({
      behaviour: {
        health: 'fails',
        later: [{ fromSeconds: stage.world.random('versus/health').between(30, 80), health: 'passes' }],
      },
      graceSeconds: 120,
    }),
  },
];

/** Every kind of good release, in the order of the tables: each noise on a rolling and on a blue/green deployment. */
export const goodReleases: readonly Story[] = NOISES.flatMap((noise) =>
  Object.entries(SERVICES).map(([name, service]) => storyOf(noise, name, service)),
);

function storyOf({ name, shows, release, disturb }: Noise, strategy: string, service: Service): Story {
  return {
    name: `${name}-${strategy}`,
    shows,
    capMinutes: WATCHED_MINUTES,
    open: async (stage, arm) => {
      const opened = await openService(stage, arm, service, release?.(stage) ?? {});
      return {
        ...opened,
        release: () => {
          opened.release();
          if (disturb !== undefined) disturbOnce(stage, strategy, disturb);
        },
      };
    },
  };
}

function disturbOnce(stage: Stage, strategy: string, disturb: NonNullable<Noise['disturb']>): void {
  const chance = stage.world.random(`versus/noise/${strategy}`);
  const from = chance.between(...DISTURBED_FROM);
  const until = from + chance.between(...DISTURBED_FOR);
  const { clock } = stage.world;
  clock.after(from * 1000, () => disturb(stage, true));
  clock.after(until * 1000, () => disturb(stage, false));
}
