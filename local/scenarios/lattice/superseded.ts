import type { Ending, Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { FAULTY, openMesh, TARGET, weighs, type Mesh } from './mesh.ts';
import type { Weights } from './sides.ts';

/** Lastgood does not undo a change that was made after a bad release and before its alarm. */
export const latticeSuperseded: readonly Scenario[] = [
  {
    name: 'lattice-put-back-by-hand',
    shows:
      "a person sends the requests back to blue before the alarm turns: nothing is written, and the person's choice is not condemned",
    target: TARGET,
    async play(stage) {
      const mesh = await oneProven(stage);
      await weighTwice(stage, mesh, { blue: 0, green: 100 }, { blue: 100, green: 0 });
      weighs(mesh, { blue: 100, green: 0 });
    },
    ends: left(/^shop-blue is back already: it replaced shop-green/),
  },
  {
    name: 'lattice-put-back-by-hand-of-two-proven',
    shows: 'the same where a third side was proven too: the requests do not go there',
    target: TARGET,
    async play(stage) {
      const mesh = await twoProven(stage);
      await weighTwice(stage, mesh, { blue: 0, green: 100, old: 0 }, { blue: 100, green: 0, old: 0 });
      weighs(mesh, { blue: 100, green: 0, old: 0 });
    },
    ends: left(/^shop-blue is back already: it replaced shop-green/),
  },
  {
    name: 'lattice-canary-aborted-by-hand',
    shows: 'a person ends a bad canary before the alarm turns: nothing is written',
    target: TARGET,
    async play(stage) {
      const mesh = await oneProven(stage);
      await weighTwice(stage, mesh, { blue: 50, green: 50 }, { blue: 100, green: 0 });
    },
    ends: left(/^shop-blue is back already: it replaced 50 % shop-blue and 50 % shop-green/),
  },
  {
    name: 'lattice-hotfix-before-alarm',
    shows: 'the requests go to the fix before the alarm turns: a person is asked at most, and it stays',
    target: TARGET,
    async play(stage) {
      const mesh = await oneProven(stage);
      mesh.open('fix');
      await weighTwice(stage, mesh, { blue: 0, green: 100, fix: 0 }, { blue: 0, green: 0, fix: 100 });
      weighs(mesh, { blue: 0, green: 0, fix: 100 });
    },
    ends: left(/No answer came/),
  },
];

/** Waits longer than ten minutes: an earlier release may be a fix of the one before it, which would be suspected. */
async function oneProven(stage: Stage): Promise<Mesh> {
  const mesh = await openMesh(stage);
  await stage.minutes(3);
  return mesh;
}

/** Opens with two proven sides: the old one, then blue. */
async function twoProven(stage: Stage): Promise<Mesh> {
  const mesh = await openMesh(stage);
  mesh.open('old');
  mesh.weigh({ blue: 100, green: 0, old: 0 });
  await stage.minutes(1);
  mesh.weigh({ blue: 0, green: 0, old: 100 });
  await mesh.soak();
  mesh.weigh({ blue: 100, green: 0, old: 0 });
  await stage.minutes(12);
  return mesh;
}

async function weighTwice(stage: Stage, mesh: Mesh, first: Weights, second: Weights): Promise<void> {
  mesh.behave('green', FAULTY);
  mesh.weigh(first);
  await stage.minutes(2);
  mesh.weigh(second);
  await stage.aftermath();
}

function left(because: RegExp): Ending {
  return { outcome: 'skipped', served: true, writes: [], because };
}
