import type { Settings, Story } from '../story.ts';
import type { Night } from './nights.ts';

/** A fault that is planted in the product: its code, machines, template or permissions. */
export interface Plant {
  /** `window-includes-its-end`. */
  readonly name: string;
  /** What is wrong then, in one line. */
  readonly is: string;
  /** The real bug that it repeats. Absent: it is made up. */
  readonly repeats?: string;
  /** A file below the root. */
  readonly file: string;
  /** A text that the file has exactly once, and what takes its place. */
  readonly from: string;
  readonly to: string;
  /** Kinds of targets whose stories are played. */
  readonly kinds: readonly string[];
  /** The ordinary night that shows it, played first. */
  readonly shows?: Night;
  /** A story that shows it, played before the generated ones, which reach it too seldom. */
  readonly story?: Story;
  /** Settings that every generated story has, because it needs them to show. */
  readonly settings?: Partial<Settings>;
}

/** How a plant was noticed. */
export type Noticed =
  | {
      readonly by: 'campaign';
      readonly invariant: string;
      readonly saw: string;
      readonly plays: number;
      /** The command that plays the story again. It breaks nothing without the plant. */
      readonly replay: string;
    }
  | { readonly by: 'tests'; readonly failed: string }
  | { readonly by: 'nothing' };

/**
 * Returns a file's text with the plant in it.
 * @throws Error unless the file has its text exactly once
 */
export function planted({ name, file, from, to }: Plant, text: string): string {
  const [before = '', after, more] = text.split(from);
  if (after === undefined || more !== undefined)
    throw new Error(`${name}: ${file} must have this exactly once: ${from}`);
  return before + to + after;
}
