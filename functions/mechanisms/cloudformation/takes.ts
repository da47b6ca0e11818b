import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Memo } from './memo.ts';

/** Returns one request on a rung. A look reads the stack, and its events if another update may have begun. */
export const takes: Mechanism<Memo>['takes'] = ({ state }) => ({
  write: state === 'join' ? [] : [{ quota: 'cloudformation modify', calls: 1 }],
  look: [{ quota: 'cloudformation read', calls: 2 }],
});
