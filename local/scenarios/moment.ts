import type { Phase } from '../../scripts/phases/phase.ts';
import type { Shown } from '../slack/shown.ts';
import type { Happening } from './result.ts';

/** What a happening is about, for those who show it. The timeline of a result has only its text. */
export type About =
  /** A state of an execution of Lastgood. */
  | {
      readonly kind: 'phase';
      readonly phase: Phase;
      readonly target: string;
      readonly execution: string;
    }
  /** A release began. */
  | { readonly kind: 'release' }
  /** The users begin or cease to hurt. */
  | { readonly kind: 'users'; readonly areServed: boolean }
  | { readonly kind: 'alarm'; readonly name: string; readonly state: string }
  /** An event of AWS. `isEnd`: the deployment goes on no more. */
  | { readonly kind: 'aws'; readonly service: string; readonly says: string; readonly isEnd: boolean }
  /** A write of Lastgood. */
  | { readonly kind: 'write'; readonly role: string; readonly operation: string; readonly error?: string }
  | { readonly kind: 'slack'; readonly shown: Shown }
  /** Whatever else a story does. */
  | { readonly kind: 'note' };

/** One happening, and what it is about. */
export interface Moment extends Happening {
  readonly about: About;
}
