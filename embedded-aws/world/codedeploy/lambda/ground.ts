import type { Surroundings } from '../../aws.ts';
import type { Aliases } from '../../seams.ts';

/** What a shift of Lambda stands on. */
export interface LambdaGround {
  readonly clock: Surroundings['clock'];
  readonly aliases: Aliases;
}
