import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Memo } from './memo.ts';

/** Takes nothing of a known quota: AWS gives no rates for the API of VPC Lattice. Unknown: lattice-rates. */
export const takes: Mechanism<Memo>['takes'] = () => ({ write: [], look: [] });
