import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Memo } from './memo.ts';

/** Stops nothing: VPC Lattice never shifts weights natively. Revert overwrites what a pipeline or an operator set. */
export const stop: Mechanism<Memo>['stop'] = () => Promise.resolve({ state: 'not-running' });
