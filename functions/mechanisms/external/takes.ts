import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Memo } from './memo.ts';

/** Returns nothing: one event, and reads of Lastgood's own table. */
export const takes: Mechanism<Memo>['takes'] = () => ({ write: [], look: [] });
