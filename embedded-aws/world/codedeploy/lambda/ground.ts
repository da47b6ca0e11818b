import type { Surroundings } from '../../aws.ts';
import type { Aliases } from '../../seams.ts';

/** The services that a Lambda shift depends on. */
export interface LambdaGround {
  readonly clock: Surroundings['clock'];
  readonly aliases: Aliases;
}
