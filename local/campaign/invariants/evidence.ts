import { clock, courseOf, releaseIn } from '../course.ts';
import { isKnownAs, named } from '../known-as.ts';
import type { Night } from '../night.ts';
import type { Invariant } from './invariant.ts';

const MINUTE_MS = 60_000;

/** Where a task definition was registered, and who did, as the evidence names it. */
const REGISTERED = /^(\S+) was registered by \S+:assumed-role\/([^/]+)\/\S+ at (\S+)$/;

/** Rules of the evidence that Lastgood gathers. */
export const evidence: readonly Invariant[] = [
  {
    name: 'evidence-names-who-deployed',
    because: 'peers, what none has, 11: who deployed; facts R3: records that accuse the wrong one',
    // A pipeline registers a release before it deploys it. AWS may refuse the deployment, which another one then makes.
    broken: (night) => {
      const lines = evidenceIn(night);
      const wrong = lines.filter(({ name, role, at, saidAt }) => {
        const isThen = isKnownAs(night, name, saidAt, (deployed) => isSameMinute(deployed.at, at));
        return role !== 'operator' || !(isThen || isSameMinute(made(night, name), at));
      });
      return lines.length === 0 ? null : wrong.map(({ line, saidAt }) => `${clock(saidAt)} ${line}`);
    },
  },
];

function evidenceIn(night: Night) {
  return courseOf(night).rollbacks.flatMap(({ last: { gathered } }) => {
    if (gathered === undefined || !('evidence' in gathered) || !('found' in gathered.evidence)) return [];
    const saidAt = Date.parse(gathered.evidence.at);
    return gathered.evidence.found
      .flatMap(({ lines }) => lines)
      .flatMap((line) => {
        const [, name = '', role = '', at = ''] = REGISTERED.exec(line) ?? [];
        return name === '' ? [] : [{ line, name, role, at: Date.parse(at), saidAt }];
      });
  });
}

/** Returns when a release was made, whether or not AWS took its deployment. */
function made(night: Night, name: string): number {
  return night.releases.find(releaseIn(night, named(name)) ?? '')?.deployedAt ?? NaN;
}

function isSameMinute(one: number, other: number): boolean {
  return Math.abs(one - other) < MINUTE_MS;
}
