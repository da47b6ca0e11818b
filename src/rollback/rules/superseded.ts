import { onsetOf } from '../onset.ts';
import type { Deployment } from '../plan.ts';
import { isReturn, suspicionAmong } from '../suspect.ts';
import { ask, skip, type Rule } from './rule.ts';

/** A way back or a fix that was deployed after the suspect is never undone without a person. */
export const isNotUndone: Rule = ({ request, plan: { recent = [] } }) => {
  const suspicion = suspicionAmong(recent, onsetOf(request));
  const [newest] = suspicion?.later ?? [];
  if (suspicion === null || newest === undefined) return null;
  const suspect = suspicion.suspect.revision.name;
  const { name } = newest.revision;
  if (isReturn(newest, recent.slice(1)))
    return skip(`${name} is ${wayBackOf(newest)}: it replaced ${suspect}.`);
  return ask(
    `${name} was deployed after ${suspect}, which ran when the harm began: it may be the fix, so a person decides.`,
  );
};

function wayBackOf({ state }: Deployment): string {
  return state === 'in-flight' || state === 'rolling-back' ? 'being brought back already' : 'back already';
}
