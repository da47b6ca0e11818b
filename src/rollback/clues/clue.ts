import type { Scene } from './scene.ts';

/** One argument from the facts. Its strength is from 0, nothing, to 1, full; the reason is a whole sentence. */
export interface Clue {
  readonly strength: number;
  readonly says: string;
}

/** Null: the clue finds nothing, or its facts are unknown. */
export type ClueReader = (scene: Scene) => Clue | null;

export const clue = (strength: number, says: string): Clue | null =>
  strength > 0 ? { strength: Math.min(1, strength), says } : null;
