import type { Scenario } from '../scenario.ts';
import { FAULTY, openMesh, TARGET, weighs } from './mesh.ts';

/** Alarms without a tag: metrics of VPC Lattice name a service or a target group, and never a listener. */
export const latticeAlarms: readonly Scenario[] = [
  {
    name: 'lattice-alarm-of-target-group',
    shows: 'the alarm watches a target group, whose tag names the listener before it',
    target: TARGET,
    async play(stage) {
      const mesh = await openMesh(stage, { alarmOn: 'green' });
      mesh.behave('green', FAULTY);
      mesh.weigh({ blue: 0, green: 100 });
      await stage.aftermath();
      weighs(mesh, { blue: 100, green: 0 });
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateListener'] },
  },
  {
    name: 'lattice-alarm-of-service',
    shows: 'the alarm watches a service with one opted-in listener: that is the target',
    target: TARGET,
    async play(stage) {
      const mesh = await openMesh(stage, { alarmOn: 'service' });
      mesh.behave('green', FAULTY);
      mesh.weigh({ blue: 0, green: 100 });
      await stage.aftermath();
      weighs(mesh, { blue: 100, green: 0 });
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateListener'] },
  },
  {
    name: 'lattice-alarm-of-several',
    shows: 'the alarm watches a service with an opted-in listener and an opted-in rule: a person is asked',
    target: TARGET,
    async play(stage) {
      const mesh = await openMesh(stage, { alarmOn: 'service' });
      mesh.addPath('cart', 'blue', { lastgood: 'auto' });
      await stage.minutes(5);
      mesh.behave('green', FAULTY);
      mesh.weigh({ blue: 0, green: 100 });
      await stage.aftermath();
      weighs(mesh, { blue: 0, green: 100 });
    },
    ends: { outcome: 'skipped', served: false, writes: [], because: /No answer came/ },
  },
];
