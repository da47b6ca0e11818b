import { planNames } from '../changes.ts';
import type { Scenario } from '../scenario.ts';
import { FAULTY, openMesh, TARGET, weighs } from './mesh.ts';

/** A pipeline moves the traffic from blue to green, and green hurts. */
export const latticeReleases: readonly Scenario[] = [
  {
    name: 'lattice-canary',
    shows: 'a tenth, then a half of the requests meets a bad release: all of them go back to blue',
    target: TARGET,
    async play(stage) {
      const mesh = await openMesh(stage);
      mesh.behave('green', FAULTY);
      mesh.weigh({ blue: 90, green: 10 });
      await stage.minutes(1.5);
      mesh.weigh({ blue: 50, green: 50 });
      await stage.aftermath();
      weighs(mesh, { blue: 100, green: 0 });
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateListener'],
      because: /^shop-blue runs again instead of 50 % shop-blue and 50 % shop-green/,
    },
  },
  {
    name: 'lattice-blue-green',
    shows:
      'all of the requests went to green, and blue still runs: all go back, settled only when the data plane follows',
    target: TARGET,
    async play(stage) {
      const mesh = await openMesh(stage);
      mesh.behave('green', FAULTY);
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
    name: 'lattice-rule',
    shows: 'the same with the weights of a rule: its match and priority stay as they are',
    target: TARGET,
    async play(stage) {
      const mesh = await openMesh(stage, { on: 'rule' });
      mesh.behave('green', FAULTY);
      mesh.weigh({ blue: 0, green: 100 });
      await stage.aftermath();
      weighs(mesh, { blue: 100, green: 0 });
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateRule'] },
  },
  {
    name: 'lattice-turns-bad-later',
    shows: 'green is good at first and then hurts, within the window after the cutover: back to blue',
    target: TARGET,
    async play(stage) {
      const mesh = await openMesh(stage, {
        tags: { 'lastgood:soak': '30', 'lastgood:window': '60' },
        proven: false,
      });
      await stage.minutes(35);
      mesh.weigh({ blue: 0, green: 100 });
      await stage.minutes(4);
      mesh.behave('green', FAULTY);
      await stage.aftermath();
      weighs(mesh, { blue: 100, green: 0 });
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateListener'] },
  },
  {
    name: 'lattice-from-function',
    shows:
      'a bad function replaced healthy servers: its size is unknown, so every server must be healthy, and the requests go back',
    target: TARGET,
    async play(stage) {
      const mesh = await openMesh(stage, { functions: ['green'] });
      mesh.behave('green', FAULTY);
      mesh.weigh({ blue: 0, green: 100 });
      await stage.aftermath();
      weighs(mesh, { blue: 100, green: 0 });
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateListener'],
      movedByPeople: /100 % of the traffic moved to tg-\w+, 0 healthy of 4 needed/,
    },
  },
];
