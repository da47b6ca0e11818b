import type { Mechanism } from '../../../src/rollback/mechanism.ts';

/** AWS moves no weights by itself: whoever does stands outside, and going back supersedes what it did. */
export const stop: Mechanism['stop'] = () => Promise.resolve({ state: 'not-running' });
