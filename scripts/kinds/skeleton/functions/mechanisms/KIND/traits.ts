import type { Mechanism } from '../../../../../../src/rollback/mechanism.ts';
import { notWritten } from './not-written.ts';
import type { Clients } from './plan.ts';

/** Reads the traits of a revision, such as its image. */
export function traitsWith(_clients: Clients): NonNullable<Mechanism['traits']> {
  return () => notWritten('traits');
}
