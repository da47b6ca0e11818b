import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Memo } from './memo.ts';

/** AWS moves no weights by itself: whoever does stands outside, and going back supersedes what it did. */
export const stop: Mechanism<Memo>['stop'] = () => Promise.resolve({ state: 'not-running' });
