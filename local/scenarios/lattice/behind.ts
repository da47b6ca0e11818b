import { planNames } from '../changes.ts';
import type { Scenario } from '../scenario.ts';
import { FAULTY, openMesh, TARGET, weighs } from './mesh.ts';

/** Weights are proven only together with the releases behind each side, where Auto Scaling shows them. */
export const latticeBehind: readonly Scenario[] = [
  {
    name: 'lattice-fleets',
    shows:
      'Auto Scaling groups stand behind both sides, and blue runs what was proven there: all requests go back',
    target: TARGET,
    async play(stage) {
      const mesh = await openMesh(stage, { fleets: true });
      await mesh.start('green', FAULTY);
      mesh.weigh({ blue: 0, green: 100 });
      await stage.aftermath();
      weighs(mesh, { blue: 100, green: 0 });
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateListener'],
      because: /^shop-blue runs again instead of shop-green/,
      also: planNames(/^traffic to shop-green: 100 % → none$/, /^traffic to shop-blue: none → 100 %$/),
    },
  },
  {
    name: 'lattice-other-release-behind',
    shows: 'green hurts, and another release is behind blue than when blue was proven: blue gets no request',
    target: TARGET,
    async play(stage) {
      const mesh = await openMesh(stage, { fleets: true });
      await stage.minutes(3);
      await mesh.start('green', FAULTY);
      mesh.weigh({ blue: 0, green: 100 });
      await mesh.start('blue', FAULTY);
      await stage.aftermath();
      weighs(mesh, { blue: 0, green: 100 });
    },
    ends: {
      ...{ outcome: 'failed-clean', served: false, writes: [] },
      because: /^cannot go back to shop-blue: shop-blue no longer runs the proven revision/,
    },
  },
  {
    name: 'lattice-fleet-hotfix-before-alarm',
    shows:
      'the fix is put behind blue and gets the requests before the alarm turns: a person is asked at most, and it stays',
    target: TARGET,
    async play(stage) {
      const mesh = await openMesh(stage, { fleets: true });
      await stage.minutes(3);
      await mesh.start('green', FAULTY);
      mesh.weigh({ blue: 0, green: 100 });
      await mesh.start('blue');
      await stage.minutes(0.5);
      mesh.weigh({ blue: 100, green: 0 });
      await stage.aftermath();
      weighs(mesh, { blue: 100, green: 0 });
    },
    ends: { outcome: 'skipped', served: true, writes: [] },
  },
];
