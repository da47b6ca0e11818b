import type { Facts } from '../facts.ts';
import type { Settings } from '../settings.ts';

/** What a rule has to say, and why, as a whole sentence. `act` speaks for going back; the others speak against it. */
export interface Finding {
  readonly says: 'act' | 'ask' | 'observe' | 'skip';
  readonly because: string;
  /** The target's owner asks to be asked, and so may also say that silence means go. All other questions need an answer. */
  readonly silenceMayMeanGo?: true;
}

/** One rule of the judge. Null: it has nothing to say here. */
export type Rule = (facts: Facts, settings: Settings) => Finding | null;

export const act = (because: string): Finding => ({ says: 'act', because: sentence(because) });
export const ask = (because: string): Finding => ({ says: 'ask', because: sentence(because) });
export const observe = (because: string): Finding => ({ says: 'observe', because: sentence(because) });
export const skip = (because: string): Finding => ({ says: 'skip', because: sentence(because) });

/** What others wrote ends with a full stop, or does not. */
function sentence(text: string): string {
  return `${text.replace(/[.\s]+$/, '')}.`;
}

/** `1 minute`, `12 minutes`; less than half a minute is `0 minutes`. */
export function inMinutes(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return `${minutes} minute${minutes === 1 ? '' : 's'}`;
}
