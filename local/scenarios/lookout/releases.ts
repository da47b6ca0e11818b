import { TARGET } from '../ecs/target.ts';
import type { Scenario } from '../scenario.ts';
import { accusedFirst } from './accused.ts';
import { openFollowed } from './shop.ts';

const FAULTY = { errorRate: 0.4 };
const BLUE_GREEN = { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 10 } as const;

/** Bad releases that a lookout accuses before an alarm turns: one for each of its signs. */
export const lookoutReleases: readonly Scenario[] = [
  {
    name: 'lookout-rolling-errors',
    shows: 'probes fail from the first traffic of the new tasks on: accused before the alarm turns',
    target: TARGET,
    async play(stage) {
      const shop = await openFollowed(stage);
      shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      orWrites: ['StopServiceDeployment'],
      also: accusedFirst,
    },
  },
  {
    name: 'lookout-latency',
    shows: 'answers take 2.5 seconds: the probes of warm targets are slow, and accuse it',
    target: TARGET,
    async play(stage) {
      const shop = await openFollowed(stage);
      shop.release('v2', { latency: 2.5 });
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      orWrites: ['StopServiceDeployment'],
      also: accusedFirst,
    },
  },
  {
    name: 'lookout-crashes',
    shows: 'tasks become healthy and exit after 90 seconds, and none of the revision before: two are enough',
    target: TARGET,
    async play(stage) {
      const shop = await openFollowed(stage);
      shop.release('v2', { exitsAfterSeconds: 90, exitCode: 1 });
      await stage.aftermath();
    },
    ends: {
      cause: 'crash',
      movedByPeople: /was scaled to zero/,
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      orWrites: ['StopServiceDeployment'],
      also: accusedFirst,
    },
  },
  {
    name: 'lookout-bad-image',
    shows: 'the image does not exist: two failed starts accuse, before the circuit breaker would',
    target: TARGET,
    async play(stage) {
      const shop = await openFollowed(stage);
      shop.release('v2', {}, { imageMissing: true });
      await stage.aftermath();
    },
    ends: {
      cause: 'image-pull',
      outcome: 'rolled-back',
      served: true,
      writes: ['StopServiceDeployment'],
      also: accusedFirst,
    },
  },
  {
    name: 'lookout-never-healthy',
    shows: 'health checks stop task after task, and no target was ever healthy',
    target: TARGET,
    async play(stage) {
      const shop = await openFollowed(stage);
      shop.release('v2', { health: 'fails' });
      await stage.aftermath();
    },
    ends: { cause: 'health-check', outcome: 'rolled-back', served: true, writes: ['StopServiceDeployment'] },
  },
  {
    name: 'lookout-blue-green-errors',
    shows: 'all traffic moves to green at once, and no side can be compared: probes stay bad for a minute',
    target: TARGET,
    async play(stage) {
      const shop = await openFollowed(stage, { twoGroups: true, deployment: BLUE_GREEN });
      shop.release('v2', FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['StopServiceDeployment'], also: accusedFirst },
  },
  {
    name: 'lookout-canary-few-errors',
    shows:
      'a canary of 20 % has 8 % errors, which the alarm of the whole hardly sees: both sides are compared',
    target: TARGET,
    async play(stage) {
      const deployment = {
        strategy: 'CANARY',
        canaryConfiguration: { canaryPercent: 20, canaryBakeTimeInMinutes: 15 },
        bakeTimeInMinutes: 5,
      } as const;
      const shop = await openFollowed(stage, { twoGroups: true, deployment });
      shop.release('v2', { errorRate: 0.08 });
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['StopServiceDeployment'], also: accusedFirst },
  },
];
