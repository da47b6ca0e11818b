import { request } from '../requests.ts';
import type { Scenario } from '../scenario.ts';
import { ended, FAULTY, GOOD, openFlags, TARGET } from './flags.ts';

const SLOWLY = { minutes: 30, bake: 10 };

/** Configurations that hurt, and the ways back. */
export const appconfigReleases: readonly Scenario[] = [
  {
    name: 'appconfig-in-flight',
    shows: 'a configuration hurts while it grows: its deployment is stopped, and AppConfig gives the old one',
    target: TARGET,
    async play(stage) {
      const flags = await openFlags(stage);
      flags.release(FAULTY, SLOWLY);
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'rolled-back', served: true, writes: ['StopDeployment'] },
      also: (stage) => ended(stage, '2 ROLLED_BACK', '1 COMPLETE'),
    },
  },
  {
    name: 'appconfig-baking',
    shows: 'a configuration hurts while it bakes, and no monitor sees it: its deployment is stopped',
    target: TARGET,
    async play(stage) {
      const flags = await openFlags(stage);
      flags.release(FAULTY, { minutes: 0, bake: 30 });
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'rolled-back', served: true, writes: ['StopDeployment'] },
      also: (stage) => ended(stage, '2 ROLLED_BACK', '1 COMPLETE'),
    },
  },
  {
    name: 'appconfig-after-completion',
    shows: 'a configuration hurts after its deployment is complete: it is reverted in one call',
    target: TARGET,
    async play(stage) {
      const flags = await openFlags(stage);
      flags.release(FAULTY);
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'rolled-back', served: true, writes: ['StopDeployment'] },
      because: /^flags:1 runs again instead of flags:2/,
      also: (stage) => ended(stage, '2 REVERTED', '1 COMPLETE'),
    },
  },
  {
    name: 'appconfig-monitored-after-completion',
    shows:
      'the alarm is a monitor too, and turned after the deployment was complete: a revert ignores red monitors',
    target: TARGET,
    async play(stage) {
      const flags = await openFlags(stage, { monitored: true });
      flags.release(FAULTY);
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'rolled-back', served: true, writes: ['StopDeployment'] },
      also: (stage) => ended(stage, '2 REVERTED', '1 COMPLETE'),
    },
  },
  {
    name: 'appconfig-own-rollback',
    shows:
      'the alarm is a monitor too, and AppConfig rolls the deployment back: Lastgood joins, and proves that it helped',
    target: TARGET,
    async play(stage) {
      const flags = await openFlags(stage, { monitored: true });
      flags.release(FAULTY, SLOWLY);
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'rolled-back', served: true, writes: [], orWrites: ['StopDeployment'] },
      also: (stage) => ended(stage, '2 ROLLED_BACK', '1 COMPLETE'),
    },
  },
  {
    name: 'appconfig-version-before-unproven',
    shows:
      'the version before the bad one is not proven yet: the proven one is deployed again to all clients at once',
    target: TARGET,
    async play(stage) {
      const flags = await openFlags(stage);
      flags.release({ ...GOOD, limit: '11' });
      await stage.minutes(3);
      flags.release(FAULTY);
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'rolled-back', served: true, writes: ['StartDeployment'] },
      because: /^flags:1 runs again instead of flags:3/,
      also: (stage) => ended(stage, '1 COMPLETE', '3 COMPLETE'),
    },
  },
  {
    name: 'appconfig-in-flight-over-unproven',
    shows:
      'the same while the bad one grows: its deployment is stopped to free the environment, then the proven one is deployed',
    target: TARGET,
    async play(stage) {
      const flags = await openFlags(stage);
      flags.release({ ...GOOD, limit: '11' });
      await stage.minutes(3);
      flags.release(FAULTY, SLOWLY);
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'rolled-back', served: true, writes: ['StopDeployment', 'StartDeployment'] },
      also: (stage) => ended(stage, '1 COMPLETE', '3 ROLLED_BACK'),
    },
  },
  {
    name: 'appconfig-asked-for',
    shows: 'a tool asks for an older version by its number: it is deployed again, with the lock of AppConfig',
    target: TARGET,
    async play(stage) {
      const flags = await openFlags(stage);
      flags.release({ ...GOOD, limit: '11' });
      flags.release({ ...GOOD, limit: '12' });
      request(stage, { target: flags.target, revision: '1', reason: 'the limits are wrong' });
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'rolled-back', served: true, writes: ['StartDeployment'] },
      also: (stage) => ended(stage, '1 COMPLETE', '3 COMPLETE', '2 COMPLETE'),
    },
  },
  {
    name: 'appconfig-events-lost',
    shows: 'AppConfig sends no events: the sweep proves the second version, and it is the last known good',
    target: TARGET,
    async play(stage) {
      stage.world.appconfig.loseEvents();
      const flags = await openFlags(stage);
      flags.release({ ...GOOD, limit: '11' });
      await flags.soaked();
      flags.release(FAULTY);
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'rolled-back', served: true, writes: ['StopDeployment'] },
      because: /^flags:2 runs again instead of flags:3/,
    },
  },
  {
    name: 'appconfig-other-profile-in-flight',
    shows:
      'another profile of the environment is being deployed: a revert needs no place, and leaves it alone',
    target: TARGET,
    async play(stage) {
      const flags = await openFlags(stage);
      const limits = flags.addProfile('limits');
      flags.release(FAULTY);
      flags.deploy(flags.publish(GOOD, limits), SLOWLY, limits);
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'rolled-back', served: true, writes: ['StopDeployment'] },
      because: /^flags:1 runs again instead of flags:2/,
    },
  },
];
