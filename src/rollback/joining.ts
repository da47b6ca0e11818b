import { personsAnswer } from './approval.ts';
import type { Rollback } from './document.ts';
import type { Joinable, Ready } from './plan.ts';
import { isAutomatic } from './request.ts';

/**
 * Leaves out what Lastgood would do where the way back of AWS fails, if the owner wants to be asked and no person was. To
 * watch AWS needs no approval; to deploy does. A person is informed, and may ask for the rollback.
 */
export function asConsented<P extends Ready | Joinable>(
  plan: P,
  { request, approval }: Pick<Rollback, 'request' | 'approval'>,
): P {
  const isAsked = !isAutomatic(request) || personsAnswer(approval) !== null;
  if (plan.state !== 'join' || plan.tags['lastgood'] !== 'approve' || isAsked) return plan;
  const [first] = plan.rungs;
  return { ...plan, rungs: [first] };
}
