import type { Revision } from '../../rollback/plan.ts';

/** The part of one side: its weight among the others, and what stands behind it, if that is known. */
export interface Side {
  readonly weight: number;
  readonly behind?: string;
}

/** The sides of a division that have traffic, by the names or ids of their target groups or records. */
export type Sides = ReadonlyMap<string, Side>;

/** A revision as a person or a pipeline wrote it. */
export type Spelling =
  | {
      readonly state: 'clear';
      readonly is: (revision: Revision) => boolean;
      /** Says whether it may be this one, because the text leaves out what tells two apart. */
      readonly mayBe: (revision: Revision) => boolean;
      /** A request means exactly this text, whatever the ledger knows. */
      readonly isWhole?: boolean;
      /** The sides that it gives traffic. Absent: it divides none, or names none. */
      readonly sides?: Sides;
    }
  /** It names no fixed revision of this kind. `why` is a clause. */
  | { readonly state: 'unclear'; readonly why: string };

/** Clear: the id or the name is one of these texts. */
export function either(...texts: readonly string[]): Spelling {
  return { state: 'clear', is: isNamed(texts), mayBe: () => false };
}

export function isNamed(texts: readonly string[]): (revision: Revision) => boolean {
  const wanted = texts.map(inOneOrder);
  return ({ id, name }) => wanted.includes(inOneOrder(id)) || wanted.includes(inOneOrder(name));
}

/** Sorts the parts of a mixture: `50 % green and 50 % blue` is `50 % blue and 50 % green`. */
function inOneOrder(text: string): string {
  return text.split(' and ').sort().join(' and ');
}

export function unclear(why: string): Spelling {
  return { state: 'unclear', why };
}

/** How revisions of a kind are written, besides their ids and names. */
export interface SpellingOfKind {
  /** @param resource the target without its kind, such as `checkout/live` */
  read(text: string, resource: string): Spelling;
  /** Matches the revisions of several words, as Lastgood shows them. Absent: a revision is one word. */
  readonly severalWords?: RegExp;
}
