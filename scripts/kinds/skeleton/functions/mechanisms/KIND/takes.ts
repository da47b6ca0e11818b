import type { Mechanism } from '../../../../../../src/rollback/mechanism.ts';
import type { Memo } from './memo.ts';
import { notWritten } from './not-written.ts';

/** Returns what a way back takes of the quotas in src/quotas/quotas.ts: its writes, and one look. */
export const takes: Mechanism<Memo>['takes'] = () => notWritten('takes');
