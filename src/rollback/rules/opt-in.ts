import { isConsent } from '../consent.ts';
import type { Tags } from '../plan.ts';
import { nearMissOf } from '../near-miss.ts';
import { act, ask, observe, skip, type Rule } from './rule.ts';

/** Without the tag Lastgood writes nothing. */
export const isOptedIn: Rule = ({ facts: { request, plan }, settings: { mode } }) => {
  switch (mode) {
    case 'none':
      return skip(
        `${request.target} is not opted in: it has no tag lastgood with the value auto, approve or observe.${nearMiss(plan.tags)}`,
      );
    case 'observe':
      return observe(`${request.target} is tagged lastgood=observe, so nothing is done.`);
    case 'approve':
      return {
        ...ask(`${request.target} is tagged lastgood=approve, so a person decides.`),
        silenceMayMeanGo: true,
      };
    case 'auto':
      return null;
  }
};

/** AWS is already going back. Watching needs no approval. Without consent Lastgood only observes. */
export const mayJoin: Rule = ({ facts: { request, plan }, settings: { mode } }) => {
  if (plan.state !== 'join') return null;
  if (isConsent(mode))
    return act(`AWS is already going back to ${plan.to.name}. Lastgood watches and verifies.`);
  return observe(`AWS is already going back to ${plan.to.name}, and ${request.target} is not opted in.`);
};

function nearMiss(tags: Tags): string {
  const near = nearMissOf(tags);
  return near === null ? '' : ` Its tag ${JSON.stringify(near)} is another key: write it lastgood.`;
}
