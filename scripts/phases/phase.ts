import { joinSays, type Document, type Said } from './said.ts';
import { ENDED, ENTERED } from './texts.ts';

/** One state of a rollback in words, as the terminal shows it. */
export interface Phase extends Said {
  /** The state: Plan, Judge, Verify. */
  readonly name: string;
}

/** Returns what a state did, from the document that it left; null for a silent state. */
export function phaseEnded(name: string, document: Document): Phase | null {
  return phaseIn(ENDED, name, document);
}

/** States that say what became of another one. */
const SHOWN_AS: Readonly<Record<string, string>> = { Interrupt: 'Claim' };

/** Returns what a state waits for, from the document with which it began; null for most states. */
export function phaseEntered(name: string, document: Document): Phase | null {
  const phase = phaseIn(ENTERED, name, document);
  return phase === null ? null : { ...phase, name: SHOWN_AS[name] ?? name };
}

/** Returns the phase as one text. */
export function textOf({ says, points }: Said): string {
  return joinSays(says, points);
}

function phaseIn(
  texts: Readonly<Record<string, (document: Document) => Said | null>>,
  name: string,
  document: Document,
): Phase | null {
  const said = Object.hasOwn(texts, name) ? (texts[name]?.(document) ?? null) : null;
  return said === null ? null : { name, ...said };
}
