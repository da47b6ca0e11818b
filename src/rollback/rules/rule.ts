import type { Blame } from '../clues/weigh.ts';
import type { Scene } from '../clues/scene.ts';
import type { Facts } from '../facts.ts';
import type { Revision } from '../plan.ts';
import type { Settings } from '../settings.ts';

/** What a rule has to say, and why, as a whole sentence. `act` speaks for going back; the others speak against it. */
export interface Finding {
  readonly says: 'act' | 'ask' | 'observe' | 'skip';
  readonly because: string;
  /** The target's owner asks to be asked, and so may also say that silence means go. All other questions need an answer. */
  readonly silenceMayMeanGo?: true;
  /** It may be answered by time: another look in some minutes, before a person is asked. */
  readonly timeMayTell?: true;
  /** Time may tell, and one more minute is enough. */
  readonly soon?: true;
  /** The revision that is at fault though nothing is gone back from, with the evidence. */
  readonly culprit?: { readonly revision: Revision; readonly evidence: string };
}

/** What a rule goes by. */
export interface Case {
  readonly facts: Facts;
  readonly settings: Settings;
  /** Null: no onset is known (an operator asked, or AWS named the deployment), or no deployment had begun by it. */
  readonly scene: Scene | null;
  /** Null: as for the scene. */
  readonly blame: Blame | null;
}

/** One rule of the judge. Null: it has nothing to say here. */
export type Rule = (one: Case) => Finding | readonly Finding[] | null;

export const act = (because: string): Finding => ({ says: 'act', because: sentence(because) });
export const ask = (because: string): Finding => ({ says: 'ask', because: sentence(because) });
export const observe = (because: string): Finding => ({ says: 'observe', because: sentence(because) });
export const skip = (because: string): Finding => ({ says: 'skip', because: sentence(because) });

/** What others wrote ends with a full stop, or does not. */
function sentence(text: string): string {
  return `${text.replace(/[.\s]+$/, '')}.`;
}
