import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Memo } from './memo.ts';

/** Returns the rollback, and the disabled transition where the tag asks for it. A look reads the state once. */
export const takes: Mechanism<Memo>['takes'] = ({ state, memo }) => ({
  write: state === 'join' ? [] : [{ quota: 'codepipeline modify', calls: memo.holds ? 2 : 1 }],
  look: [{ quota: 'codepipeline read', calls: 1 }],
});
