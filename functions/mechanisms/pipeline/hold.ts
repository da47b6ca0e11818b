import { InvalidTag } from '../../../src/rollback/errors.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import { targetOf, type StageName } from '../../../src/targets/kinds/pipeline/target.ts';

/** The tag of a pipeline whose stage must not let the next execution in after a rollback: `yes` or `no`. */
export const HOLD_TAG = 'lastgood:hold-transition';

/** @throws InvalidTag */
export function holds(tags: Tags): boolean {
  const value = tags[HOLD_TAG] ?? 'no';
  if (value !== 'yes' && value !== 'no')
    throw new InvalidTag(HOLD_TAG, `${JSON.stringify(value)} must be one of yes, no`);
  return value === 'yes';
}

const HELD = 'Held by Lastgood after it rolled this stage back to execution ';

/**
 * Returns the reason of a disabled transition, which the console shows. AWS takes neither a slash nor a colon in it:
 * https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_DisableStageTransition.html
 */
export function reasonToHold(execution: string): string {
  return `${HELD}${execution}`;
}

/** Returns whether Lastgood disabled the transition, by its reason. */
export function isHeldByLastgood(reason: string | null): boolean {
  return reason?.startsWith(HELD) === true;
}

/** Says what a person must enable again. */
export function leftHeld({ pipeline, stage }: StageName): string {
  const command = `aws codepipeline enable-stage-transition --pipeline-name ${pipeline} --stage-name ${stage} --transition-type Inbound`;
  return `The inbound transition of ${targetOf({ pipeline, stage })} stays disabled, so no execution enters the stage. Enable it for the fix: ${command}`;
}
