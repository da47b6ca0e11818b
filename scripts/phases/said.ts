import type { Slices } from '../../src/rollback/document.ts';
import type { Request } from '../../src/rollback/request.ts';
import type { Tone } from '../terminal/paint.ts';

/** The document, as far as the states have filled it. */
export type Document = Slices & { readonly request: Request };

/** The doing of a state. */
export interface Said {
  readonly says: string;
  /** Sentences of their own, such as the reasons of a verdict. */
  readonly points: readonly string[];
  /** One poll of several, after which the state is polled again. */
  readonly isPoll: boolean;
  readonly tone: Tone;
}

export function said(says: string, more: Partial<Omit<Said, 'says'>> = {}): Said {
  return { says, points: [], isPoll: false, tone: 'plain', ...more };
}

/** Joins a text and its sentences to one line. */
export function joinSays(says: string, points: readonly string[]): string {
  return points.length === 0 ? says : `${says}: ${points.join(' ')}`;
}
