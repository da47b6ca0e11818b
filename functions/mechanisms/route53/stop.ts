import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Memo } from './memo.ts';

/** Stops nothing: a change of records completes at once and cannot be cancelled. */
export const stop: Mechanism<Memo>['stop'] = () => Promise.resolve({ state: 'not-running' });
