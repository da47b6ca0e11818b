import fc from 'fast-check';
import type { Night } from '../night.ts';

/** The share of what a fault touches. */
export const share = fc.double({ min: 0.05, max: 1, noNaN: true });

/** Returns a function that is true for this share of its calls. Equal stories get equal answers. */
export function chanceOf({ stage: { world } }: Night, name: string, of: unknown): () => boolean {
  const random = world.random(`fault/${name}/${world.clock.now()}`);
  return () => random.next() < Number(of);
}

/** Returns a function that is true so many times. */
export function timesOf(count: unknown): () => boolean {
  let left = Number(count);
  return () => left-- > 0;
}
