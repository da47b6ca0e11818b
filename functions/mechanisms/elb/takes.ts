import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Memo } from './memo.ts';

/** Returns one change of weights. A look reads the listener or rule, and the health of each group. */
export const takes: Mechanism<Memo>['takes'] = ({ memo: { to } }) => ({
  write: [{ quota: 'elb write', calls: 1 }],
  look: [{ quota: 'elb read', calls: 1 + to.length }],
});
