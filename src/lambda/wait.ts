import { scheduler } from 'node:timers/promises';

/**
 * Waits inside a function, for at most some seconds: Lambda bills the wait. A wait of a rollback belongs to the state
 * machine.
 */
export const wait = (milliseconds: number): Promise<void> => scheduler.wait(milliseconds);
