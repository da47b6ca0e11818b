import { inTime } from '../../src/lambda/in-time.ts';
import { logger } from '../../src/lambda/logger.ts';
import type { Tend } from '../../src/lambda/storms.ts';
import type { Held, Storms } from '../../src/ledger/storms.ts';
import type { Judgeable } from '../../src/rollback/document.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { broughtBy } from '../../src/rollback/storm/member.ts';
import type { Verdict } from '../../src/rollback/verdict.ts';

/** A note that takes longer is given up: it is only counted, and must not delay a rollback. */
const WITHIN_MS = 1_000;

/** Records what a target of a storm, or of alarms that may become one, was judged to do. Never throws. */
export type NoteStorm = (rollback: Judgeable, verdict: Verdict) => Promise<void>;

/**
 * Notes what the deployment of a target brings, and whether it goes back. A member that goes back by its own evidence
 * makes sure that its storm is summarised. Approve notes the question of a member itself.
 */
export function createNoteStorm(storms: Pick<Storms, 'judged'>, tend: Tend, now: () => Instant): NoteStorm {
  return async (rollback, verdict) => {
    const held = heldBy(rollback);
    if (held === null || ('storm' in verdict && rollback.plan.state === 'ready')) return;
    const goesBack = verdict.verdict === 'act';
    await inTime(WITHIN_MS, async () => {
      try {
        await storms.judged(held, broughtBy(rollback), goesBack, now());
        if (goesBack && held.storm.role === 'member') await tend(held.storm.id, held.storm.since);
      } catch (error) {
        logger.warn('not noted for its storm', error as Error);
      }
    });
  };
}

/** Returns the target of a rollback that an alarm or an alert triggered. Null: it counts for no storm. */
export function heldBy({ request, execution, claim }: Omit<Judgeable, 'plan'>): Held | null {
  const { storm } = claim ?? {};
  if (storm === undefined || execution === undefined || request.trigger === undefined) return null;
  return { target: request.target, at: request.trigger.at, execution, storm };
}
