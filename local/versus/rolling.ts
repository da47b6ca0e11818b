import type { Stage } from '../scenarios/stage.ts';
import { openService, ROLLING_SERVICE, type Release, type Service } from './ecs.ts';
import type { Story } from './story.ts';

const FAULTY = { errorRate: 0.4 };

/** Twelve tasks, three at a time, which take their time to start. */
const SLOW_ROLL: Service = {
  strategy: { maximumPercent: 125, minimumHealthyPercent: 100 },
  desiredCount: 12,
};

/** Rolling deployments of an ECS service. */
export const rolling: readonly Story[] = [
  story('bad-image', 'the image of the release does not exist', { how: { imageMissing: true } }, 15),
  story('exits-at-once', 'tasks exit five seconds after they start', {
    behaviour: { exitsAfterSeconds: 5, exitCode: 1 },
  }),
  story('exits-after-90s', 'tasks become healthy, and exit after 90 seconds', {
    behaviour: { exitsAfterSeconds: 90, exitCode: 1 },
  }),
  story('health-checks', 'tasks run and fail their health checks', { behaviour: { health: 'fails' } }),
  story('errors', '40 % of the answers are errors', { behaviour: FAULTY }),
  {
    name: 'errors-slow-roll',
    shows: 'the same, on a slow roll of twelve tasks',
    capMinutes: 20,
    open: (stage, arm) => openService(stage, arm, SLOW_ROLL, { behaviour: { ...FAULTY, startSeconds: 100 } }),
  },
  story('latency', 'answers take 2.5 seconds', { behaviour: { latency: 2.5 } }),
  {
    name: 'leak',
    shows: 'tasks leak memory: from the third minute on they answer slowly, and then they are killed',
    capMinutes: 20,
    open: (stage, arm) => openService(stage, arm, ROLLING_SERVICE, { behaviour: leaking(stage) }),
  },
  story(
    'errors-later',
    '40 % of the answers are errors, from the fifteenth minute of a task on',
    { behaviour: { later: [{ fromSeconds: 900, ...FAULTY }] } },
    35,
  ),
];

function story(name: string, shows: string, release: Release, capMinutes = 20): Story {
  const open: Story['open'] = (stage, arm) => openService(stage, arm, ROLLING_SERVICE, release);
  return { name, shows, capMinutes, open };
}

/** Collecting garbage takes longer and longer, until the container is killed: at an age that the seed chooses. */
function leaking(stage: Stage): NonNullable<Release['behaviour']> {
  const chance = stage.world.random('versus/leak');
  const later = [
    { fromSeconds: 90, latency: 0.4 },
    { fromSeconds: 150, latency: 1.6 },
  ];
  return {
    later,
    exitsAfterSeconds: chance.between(190, 250),
    exitCode: 137,
    exitReason: 'OutOfMemoryError: Container killed due to memory usage',
  };
}
