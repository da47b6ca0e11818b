import type { Blame } from '../clues/weigh.ts';
import type { Scene } from '../clues/scene.ts';
import type { Change, Facts } from '../facts.ts';
import type { Revision } from '../plan.ts';
import type { Settings } from '../settings.ts';

/**
 * The finding of a rule, with the reason as a whole sentence. `act` speaks for going back; the others speak against it.
 */
export interface Finding {
  readonly says: 'act' | 'ask' | 'observe' | 'skip';
  readonly because: string;
  /** Name of the rule in the judge's list. */
  readonly rule?: string;
  /** An answer settles it only if the question named it. */
  readonly mustBeShown?: true;
  /** It speaks against going back, and is outweighed. */
  readonly isOutweighed?: true;
  /**
   * The owner asks for the question by tag, and so may also tag that silence means go. All other questions need an
   * answer.
   */
  readonly silenceMayMeanGo?: true;
  /** Time may answer it: Lastgood looks again in some minutes, before it asks a person. */
  readonly timeMayTell?: true;
  /** Time may answer it, and one more minute is enough. */
  readonly soon?: true;
  /** One answer decides for all targets of the storm. */
  readonly inStorm?: true;
  /** The alarm of the trigger, if it says nothing about the suspect: it was red before. */
  readonly setsAside?: string;
  /** There is no rehearsal that this way forward could end, or another deployment took its place. */
  readonly isOver?: true;
  /** What it reads, and was changed before the harm, though there is nothing to go back from. */
  readonly change?: Change;
  /** The revision at fault, with the evidence, though there is nothing to go back from. */
  readonly culprit?: { readonly revision: Revision; readonly evidence: string };
}

/** The input of a rule. */
export interface Case {
  readonly facts: Facts;
  readonly settings: Settings;
  /** Null: no onset is known (an operator asked, or AWS named the deployment), or no deployment had begun by it. */
  readonly scene: Scene | null;
  /** Null: the scene is null, or the harm may have begun before its onset. */
  readonly blame: Blame | null;
}

/** One rule of the judge. Null: it finds nothing. */
export type Rule = (one: Case) => Finding | readonly Finding[] | null;

export const act = (because: string): Finding => ({ says: 'act', because: sentence(because) });
export const ask = (because: string): Finding => ({ says: 'ask', because: sentence(because) });
export const observe = (because: string): Finding => ({ says: 'observe', because: sentence(because) });
export const skip = (because: string): Finding => ({ says: 'skip', because: sentence(because) });

/** Ends a text with exactly one full stop, because quoted texts may have one. */
function sentence(text: string): string {
  return `${text.replace(/[.\s]+$/, '')}.`;
}
