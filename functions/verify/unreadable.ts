import type { Sign } from '../../src/rollback/health.ts';

/** A sign that could not be read. It is no error of the rollback: the next poll may go through, or the proof fails. */
export function unreadable(of: string, error: unknown): Sign {
  const says = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { of, state: 'unknown', says: `could not be read: ${says}` };
}
