import type { Unit } from '../../../src/targets/kind.ts';
import { isRule } from '../../../src/targets/kinds/elb/target.ts';

/** Returns the unit that the sweep reads for a target. Rules and listeners are read by different calls. */
export function unitOf(arn: string): Unit {
  return { batch: isRule(arn) ? 'rules' : 'listeners', name: arn };
}
