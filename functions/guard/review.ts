import type { StepCall } from '../../src/lambda/steps.ts';
import type { Review } from '../../src/rollback/document.ts';
import { asJudgeable } from '../../src/rollback/doors.ts';
import { leadOf } from '../../src/rollback/heard.ts';
import { reviewOf } from '../../src/rollback/review.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { gatherFacts, hashOf, type Gathering } from './gather-facts.ts';

/** Review: looks once more where a question got no answer, so that the end says how things are. It decides nothing. */
export function review(gathering: Gathering, now: () => Instant) {
  return async ({ rollback }: StepCall): Promise<Review> => {
    const judged = asJudgeable(rollback);
    const { plan, verdict } = judged;
    const at = now();
    const facts = await gatherFacts(judged, gathering, at)(leadOf(judged), true);
    const asked = verdict?.verdict === 'ask' ? verdict.plan : undefined;
    return reviewOf(facts, asked === undefined || asked === hashOf(plan), at);
  };
}
