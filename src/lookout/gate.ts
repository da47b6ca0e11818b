import type { Settings } from '../rollback/settings.ts';
import { secondsBetween } from '../rollback/time.ts';
import type { Instant } from '../rollback/request.ts';
import type { Counters } from './counters.ts';
import type { BothSides, Look, Pause, Weighed } from './document.ts';
import type { Finding } from './signs/finding.ts';
import { newerProbes } from './signs/probes.ts';

/** How long a deployment waits at its pause before a person is asked. */
const ASK_AFTER_SECONDS = 300;

/** ECS may show a pause for some time after its answer, or refuse the answer. */
const AGAIN_AFTER_SECONDS = 120;

interface AtPause {
  readonly sides: BothSides;
  readonly look: Look;
  readonly settings: Pick<Settings, 'gate'>;
  readonly about: Pick<Weighed, 'at' | 'counters' | 'says'>;
  readonly findings: readonly Finding[];
}

/**
 * Decides at a pause of a deployment, if the tag `lastgood:gate` lets the lookout answer: it passes where a comparison
 * shows the newer side good, and a person is asked once where none does. Null: there is nothing to decide yet.
 */
export function gate({ sides, look, settings, about, findings }: AtPause): Weighed | null {
  const { pause } = sides;
  if (pause === undefined || !settings.gate) return null;
  const { counters } = about;
  // Before the shift only a test listener leads to the newer side.
  const compared = pause.isBefore === true ? [newerProbes({ sides, look, counters })] : findings;
  const isGood = compared.some((one) => one?.is === 'good') && findings.every(({ is }) => is === 'good');
  if (isGood) return mayPass(counters, pause, about.at) ? passing(about, pause) : null;
  const { asked = [], pausedSince } = counters;
  if (asked.includes(pause.hook) || pausedSince === undefined) return null;
  if (secondsBetween(pausedSince, about.at) < ASK_AFTER_SECONDS) return null;
  return { ...about, state: 'ask', pause, counters: { ...counters, asked: [...asked, pause.hook] } };
}

function mayPass({ passed }: Counters, { hook }: Pause, now: Instant): boolean {
  return passed?.hook !== hook || secondsBetween(passed.at, now) >= AGAIN_AFTER_SECONDS;
}

function passing(about: AtPause['about'], pause: Pause): Weighed {
  const passed = { hook: pause.hook, at: about.at };
  return { ...about, state: 'pass', pause, counters: { ...about.counters, passed } };
}
