import * as z from 'zod/mini';
import { sidesIn, type Configuration } from './configuration.ts';

/** What the verbs after `plan` need to remember. */
export const Memo = z.object({
  /** The sides that the stage had then. A change that names no other belongs to the same rollout. */
  sides: z.readonly(z.array(z.string())),
});
export type Memo = z.infer<typeof Memo>;

export function memoOf(configuration: Configuration): Memo {
  return { sides: sidesIn(configuration) };
}
