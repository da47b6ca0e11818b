import type { Scenario } from '../scenario.ts';
import { openShop } from './shop.ts';
import { TARGET } from './target.ts';

/** Releases whose tasks do not start. ECS itself notices; the circuit breaker stops, and does not go back. */
const STOPS_ONLY = {
  maximumPercent: 200,
  minimumHealthyPercent: 100,
  deploymentCircuitBreaker: { enable: true, rollback: false },
};

export const brokenTasks: readonly Scenario[] = [
  {
    name: 'ecs-bad-image',
    shows: 'the image was never pushed: tasks never start, the failed deployment is rolled back',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { deployment: STOPS_ONLY });
      shop.release('v2', {}, { imageMissing: true });
      await stage.aftermath();
    },
    ends: { cause: 'image-pull', outcome: 'rolled-back', served: true, writes: ['UpdateService'] },
  },
  {
    name: 'ecs-crash-loop',
    shows: 'tasks start and exit again: the failed deployment is rolled back',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { deployment: STOPS_ONLY });
      shop.release('v2', { exitsAfterSeconds: 5, exitCode: 1 });
      await stage.aftermath();
    },
    ends: { cause: 'crash', outcome: 'rolled-back', served: true, writes: ['UpdateService'] },
  },
  {
    name: 'ecs-failing-health-checks',
    shows: 'tasks run and answer no health check: the failed deployment is rolled back',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { deployment: STOPS_ONLY });
      shop.release('v2', { health: 'fails' });
      await stage.aftermath();
    },
    ends: { cause: 'health-check', outcome: 'rolled-back', served: true, writes: ['UpdateService'] },
  },
  {
    name: 'ecs-native-rollback',
    shows:
      'the circuit breaker already goes back natively: Lastgood joins, watches and verifies, and writes nothing',
    target: TARGET,
    async play(stage) {
      const deployment = { ...STOPS_ONLY, deploymentCircuitBreaker: { enable: true, rollback: true } };
      const shop = await openShop(stage, { deployment });
      shop.release('v2', { exitsAfterSeconds: 5, exitCode: 1 });
      await stage.aftermath();
    },
    ends: {
      cause: 'crash',
      outcome: 'rolled-back',
      served: true,
      because: /AWS went back natively/,
      writes: [],
    },
  },
];
