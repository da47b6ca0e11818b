import type { Scene } from './scene.ts';

/** What one look at the facts adds: from 0, nothing, to 1, as much as it can; and why, as a whole sentence. */
export interface Clue {
  readonly strength: number;
  readonly says: string;
}

/** Null: it has nothing to say, or what it needs is not known. */
export type ClueReader = (scene: Scene) => Clue | null;

export const clue = (strength: number, says: string): Clue | null =>
  strength > 0 ? { strength: Math.min(1, strength), says } : null;
