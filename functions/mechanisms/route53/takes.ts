import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Memo } from './memo.ts';

/** Returns one change of records. A look reads the records, and whether the change is in sync. */
export const takes: Mechanism<Memo>['takes'] = () => ({
  write: [{ quota: 'route53', calls: 1 }],
  look: [{ quota: 'route53', calls: 2 }],
});
