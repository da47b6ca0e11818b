import type { Settings } from '../rollback/settings.ts';
import { secondsBetween } from '../rollback/time.ts';
import type { BothSides, Weighed } from './document.ts';
import type { Finding } from './signs/finding.ts';

/** How long a deployment waits at its pause before a person is asked. */
const ASK_AFTER_SECONDS = 300;

interface AtPause {
  readonly sides: BothSides;
  readonly settings: Pick<Settings, 'gate'>;
  readonly about: Pick<Weighed, 'at' | 'counters' | 'says'>;
  readonly findings: readonly Finding[];
}

/**
 * Decides at a pause of a deployment, if the tag `lastgood:gate` lets the lookout answer: it passes where a comparison
 * shows the newer side good, and a person is asked once where none does. Null: there is nothing to decide yet.
 */
export function gate({ sides: { pause }, settings, about, findings }: AtPause): Weighed | null {
  if (pause === undefined || !settings.gate) return null;
  const { counters } = about;
  const isGood = findings.some(({ is }) => is === 'good') && findings.every(({ is }) => is === 'good');
  if (isGood) return { ...about, state: 'pass', pause };
  const { asked = [], pausedSince } = counters;
  if (asked.includes(pause.hook) || pausedSince === undefined) return null;
  if (secondsBetween(pausedSince, about.at) < ASK_AFTER_SECONDS) return null;
  return { ...about, state: 'ask', pause, counters: { ...counters, asked: [...asked, pause.hook] } };
}
