import { named } from '../aws/errors.ts';
import { isConsent } from '../rollback/consent.ts';
import type { Planned } from '../rollback/document.ts';
import { NotPermitted } from '../rollback/errors.ts';
import type { Tags } from '../rollback/plan.ts';

/**
 * Does some work that writes. If AWS denies it because the target has lost its tag since the plan, the error says so: the
 * words of AWS name neither the tag nor the change.
 * @param tagsNow reads the tags of the target, after a denial only. Unknown: late-tags
 * @throws NotPermitted
 */
export async function sayingLostConsent<Answer>(
  planned: Planned,
  tagsNow: () => Promise<Tags>,
  work: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    const denied = named(error);
    if (!(denied instanceof NotPermitted)) throw error;
    const lost = lostIn(planned, await tagsNow().catch(() => planned.plan.tags));
    throw lost === null ? error : new NotPermitted(`${lost} ${denied.message}`, { cause: error });
  }
}

/** Returns how the tag that consents was lost; null: it still consents, or never did. */
function lostIn({ request: { target }, plan }: Planned, now: Tags): string | null {
  const { lastgood: before } = plan.tags;
  const { lastgood: after } = now;
  if (before === undefined || !isConsent(before) || isConsent(after)) return null;
  const change = after === undefined ? 'removed' : `changed to ${after}`;
  return `The tag lastgood=${before} of ${target} was ${change} after the plan was made, so AWS lets Lastgood change nothing there any more.`;
}
