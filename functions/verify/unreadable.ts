import type { Sign } from '../../src/rollback/health.ts';

/**
 * Returns a sign that could not be read. It does not fail the rollback: the next poll may succeed, or the proof fails.
 */
export function unreadable(of: string, error: unknown): Sign {
  const says = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { of, state: 'unknown', says: `could not be read: ${says}` };
}
