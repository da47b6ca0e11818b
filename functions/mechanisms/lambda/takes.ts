import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Memo } from './memo.ts';

/** Returns one change of the alias. A look reads the alias and the version. */
export const takes: Mechanism<Memo>['takes'] = ({ state }) => ({
  write: state === 'join' ? [] : [{ quota: 'lambda control plane', calls: 1 }],
  look: [{ quota: 'lambda control plane', calls: 2 }],
});
