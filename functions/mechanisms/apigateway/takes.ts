import type { Mechanism } from '../../../src/rollback/mechanism.ts';
import type { Memo } from './memo.ts';

/** Returns one change of the stage. A look reads the stage. */
export const takes: Mechanism<Memo>['takes'] = () => ({
  write: [{ quota: 'apigateway management', calls: 1 }],
  look: [{ quota: 'apigateway management', calls: 1 }],
});
