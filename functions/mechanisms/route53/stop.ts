import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Memo } from './memo.ts';

/** A change of records is done the moment it is made, and cannot be called back: there is nothing to freeze. */
export const stop: Mechanism<Memo>['stop'] = () => Promise.resolve({ state: 'not-running' });
