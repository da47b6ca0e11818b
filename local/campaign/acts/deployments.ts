import fc from 'fast-check';
import type { Night } from '../night.ts';
import { WAYS, type Way } from '../releases.ts';
import type { Act } from './act.ts';

const ways = Object.keys(WAYS) as Way[];
const bad = ways.filter((way) => !way.startsWith('good'));

/** A release of any way, bad ones most often. */
const drawn = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...bad) }, fc.constantFrom(...ways));

function deployNew(night: Night, way: Way): string {
  const release = night.releases.make(way);
  night.subject.deploy(release);
  return release.name;
}

/** Deploys an earlier release again: `back` releases before the newest, at the oldest the first. */
function deployEarlier(night: Night, back: number): string {
  const { all } = night.releases;
  const release = all[Math.max(0, all.length - 1 - back)] ?? night.releases.make('good');
  night.subject.deploy(release);
  return release.name;
}

/** Deployments of pipelines and people. */
export const deployments: readonly Act[] = [
  {
    name: 'release',
    by: 'pipeline',
    draws: fc.record({ way: drawn }),
    do: (night, { way }) => deployNew(night, way as Way),
  },
  {
    name: 'fix',
    by: 'person',
    draws: fc.constant({}),
    do: (night) => deployNew(night, 'good'),
  },
  {
    name: 'go-back',
    by: 'person',
    draws: fc.record({ back: fc.integer({ min: 1, max: 3 }) }),
    do: (night, { back }) => deployEarlier(night, Number(back)),
  },
  {
    name: 'tool-goes-back',
    by: 'pipeline',
    draws: fc.record({ back: fc.integer({ min: 1, max: 2 }) }),
    do: (night, { back }) => deployEarlier(night, Number(back)),
  },
];
