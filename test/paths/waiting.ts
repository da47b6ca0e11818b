/** States entered while a rollback waits. */
export interface Entered {
  readonly name: string;
  /** Seconds since any instant. */
  readonly at: number;
}

/**
 * Returns the state transitions a minute, from the second minute after the first way back was started until Report. Null:
 * the rollback did not wait so long.
 */
export function transitionsAMinute(states: readonly Entered[]): number | null {
  const start = states.find(({ name }) => name === 'Reverted');
  const end = states.findLast(({ name }) => name === 'Report');
  if (start === undefined || end === undefined) return null;
  const from = start.at + 60;
  if (end.at <= from) return null;
  const minutes = Math.ceil((end.at - from) / 60);
  return states.filter(({ at }) => from < at && at < end.at).length / minutes;
}
