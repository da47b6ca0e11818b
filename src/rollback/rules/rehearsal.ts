import type { Earlier } from '../earlier.ts';
import type { Facts } from '../facts.ts';
import type { Plan, Revision } from '../plan.ts';
import { wordsOfPause } from '../pause.ts';
import {
  isPutBy,
  isSameRevision,
  openRehearsal,
  rehearsalDuring,
  rehearsalsIn,
  waysOf,
} from '../rehearsed.ts';
import { isAutomatic, rehearsalOf, type RehearsalTrigger } from '../request.ts';
import { isAfter } from '../time.ts';
import { hasTwoPeople, isNotLetGoTwice } from './agreed.ts';
import { wasAsked } from './asked.ts';
import { endsTheFault, isReversible, leadsToGood } from './barriers.ts';
import { isCool, isFirstForRevision, isNoRollback } from './loops.ts';
import { isOptedIn } from './opt-in.ts';
import { hasSomethingToDo } from './plan.ts';
import { act, ask, skip, type Case, type Finding, type Rule } from './rule.ts';

/**
 * Returns the rules for a rehearsal, or null. No harm makes it necessary. So whatever would ask a person about a
 * rollback refuses the way back of a rehearsal, except for the questions that the owner asks by tag.
 */
export function rulesOfRehearsal({ request }: Facts): readonly Rule[] | null {
  const trigger = rehearsalOf(request);
  if (trigger === null) return null;
  return trigger.way === 'back' ? BACK : FORWARD;
}

/** Turns the questions of a rule into refusals. */
const firm =
  (rule: Rule): Rule =>
  (one) =>
    [rule(one) ?? []].flat().map(({ because }) => skip(because));

const isTagged: Rule = ({ facts: { request }, settings }) =>
  settings.rehearse
    ? null
    : skip(`${request.target} is not tagged lastgood:rehearse=on, so a rehearsal changes nothing`);

const isQuiet: Rule = ({ facts: { plan } }) => {
  const { deployment, next } = plan;
  if (next !== undefined) return skip(`It is set to ${next.name}, which nothing runs yet`);
  if (plan.state === 'join') return skip(`AWS is going back to ${plan.to.name} already`);
  if (deployment === undefined) return skip('No deployment of it is known, so no revision of it is proven');
  const { name } = deployment.revision;
  switch (deployment.state) {
    case 'in-flight':
    case 'rolling-back':
      return skip(`The deployment of ${name} is in flight`);
    case 'failed':
      return skip(`The newest deployment, of ${name}, failed`);
    case 'completed':
      return 'inFlight' in plan && plan.inFlight ? skip('A deployment is in flight') : null;
  }
};

/** The way forward brings back what ran. So that must be known to be good. */
const runsProven: Rule = ({
  facts: {
    plan: { deployment },
  },
}) =>
  deployment?.state === 'completed' && deployment.isProven !== true
    ? skip(`${deployment.revision.name}, which runs, is not proven yet`)
    : null;

const leadsBack: Rule = ({ facts: { plan } }) => {
  if (plan.state === 'no-way-back') return skip(`There is no way back: ${plan.reason}`);
  return 'source' in plan && plan.source !== 'ledger'
    ? skip(`${plan.to.name}, the revision to go back to, is not proven`)
    : null;
};

/** Alarms that are red would hide whether the way back hurts. */
const nothingIsRed: Rule = ({ facts: { red } }) => {
  if (red === undefined || !red.known)
    return skip(`Whether an alarm of it is red is unknown${red === undefined ? '' : `: ${red.why}`}`);
  return red.is.length === 0 ? null : skip(`In ALARM: ${red.is.slice(0, 5).join(', ')}`);
};

/** What came is more urgent. It is judged as soon as the rehearsal has ended. */
const isUndisturbed: Rule = ({ facts: { alsoTriggeredBy = [] } }) => {
  const [other] = alsoTriggeredBy;
  return other === undefined ? null : skip(`A rollback was asked for: ${other.reason}`);
};

const isNotFrozenByAnyone: Rule = ({ facts: { freeze } }) =>
  freeze === null ? null : skip(`${freeze.by} froze it (${freeze.reason})`);

/** It would wait for hours, and then write at a time that no person chose. */
const isNotPaused: Rule = ({ facts: { pause } }) => {
  if (pause?.known !== true) return skip('Whether Lastgood is paused is unknown');
  return pause.is?.paused === true ? skip(wordsOfPause(pause.is)) : null;
};

/** It was asked for about what ran then. */
const isStillAboutIt: Rule = ({
  facts: {
    plan: { deployment },
    takenUpAt,
  },
}) =>
  deployment !== undefined && isAfter(deployment.startedAt, takenUpAt)
    ? skip(`The deployment of ${deployment.revision.name} began after the rehearsal was asked for`)
    : null;

/** An earlier rehearsal left the target on the last known good. */
const isNotHalfDone: Rule = ({
  facts: {
    request,
    plan: { deployment },
    earlier,
  },
}) => {
  const back = openRehearsal(earlier);
  if (back === null || deployment === undefined || !isPutBy(deployment, waysOf(back, earlier))) return null;
  return skip(
    `The last rehearsal has not gone forward yet: npx --no-install lastgood rehearse ${request.target} --forward`,
  );
};

const BACK: readonly Rule[] = [
  hasSomethingToDo,
  isOptedIn,
  wasAsked,
  isTagged,
  isQuiet,
  isNotHalfDone,
  runsProven,
  leadsBack,
  nothingIsRed,
  isUndisturbed,
  isNotFrozenByAnyone,
  isNotPaused,
  isStillAboutIt,
  firm(isNoRollback),
  firm(isFirstForRevision),
  firm(isCool),
  firm(isReversible),
  firm(leadsToGood),
  firm(endsTheFault),
  isNotLetGoTwice,
  hasTwoPeople,
];

/** The approval of the way back holds for the way forward. A target that consents to no write stays as it is. */
const stillConsents: Rule = (one) => {
  const found = [isOptedIn(one) ?? []].flat();
  return found.filter(({ says }) => says !== 'ask');
};

/** The way forward has nothing to bring back. */
const over = (because: string): Finding => ({ ...skip(because), isOver: true });

/** The way forward ends one way back, and returns exactly the revision that it replaced. */
const endsARehearsal: Rule = ({ facts: { request, earlier } }) => {
  const back = rehearsalEndedBy(rehearsalOf(request), earlier);
  if (back === null) return over('No way back of a rehearsal that it could end is recorded');
  return back.from !== undefined && request.revision === back.from
    ? act('The rehearsal goes forward again to the revision that ran before it.')
    : over('It must return the revision that the rehearsal replaced');
};

function rehearsalEndedBy(trigger: RehearsalTrigger | null, earlier: readonly Earlier[]): Earlier | null {
  const found = rehearsalsIn(earlier).find(({ execution }) => execution === trigger?.after);
  return found?.rehearsal === 'back' ? found : null;
}

/**
 * A release, a fix or a rollback that came since the rehearsal began is not undone. The way forward replaces nothing but
 * what the rehearsal itself put there.
 */
const isNotOvertaken: Rule = ({ facts: { request, plan, earlier } }) => {
  const back = rehearsalEndedBy(rehearsalOf(request), earlier);
  if (back === null) return null;
  const ways = waysOf(back, earlier);
  const other = deployedSince(plan, back, ways);
  if (other !== null)
    return over(`${other.name} was deployed since the rehearsal went back, and is left as it is`);
  return ways.some(({ isOvertaken }) => isOvertaken)
    ? over('Another deployment took the place of the rehearsal, so what runs now is left as it is')
    : null;
};

/** Returns a revision that the rehearsal did not put there: it is set to run next, or it runs. Null: there is none. */
function deployedSince(plan: Plan, back: Earlier, ways: readonly Earlier[]): Revision | null {
  const { deployment, next } = plan;
  const isOwn = ({ id }: Revision) =>
    [back, ...ways].some(({ to }) => to !== undefined && isSameRevision({ id }, to));
  if (next !== undefined && !isOwn(next)) return next;
  if (deployment !== undefined) {
    const { revision } = deployment;
    const isBefore = back.from !== undefined && isSameRevision(revision, { id: back.from });
    return isBefore || isPutBy(deployment, ways) ? null : revision;
  }
  return 'from' in plan && !isOwn(plan.from) ? plan.from : null;
}

const mayJoinForward: Rule = ({ facts: { plan } }) =>
  plan.state === 'join' ? act(`AWS is already going back to ${plan.to.name}`) : null;

const FORWARD: readonly Rule[] = [
  hasSomethingToDo,
  stillConsents,
  wasAsked,
  endsARehearsal,
  isNotOvertaken,
  mayJoinForward,
  leadsToGood,
  endsTheFault,
];

/**
 * A rehearsal deployed again what had run before it. If that hurts now, the older release is hardly at fault, and the
 * rehearsal may be. A person decides. A person who asks to leave what the way back put there learns of the way forward.
 */
export const isNoRehearsal: Rule = ({ facts, scene }: Case): Finding | null => {
  const { earlier, plan, request } = facts;
  const accused = scene?.suspect ?? plan.deployment;
  if (accused?.isRehearsal !== true) return null;
  const { name } = accused.revision;
  if (rehearsalDuring(accused, earlier)?.rehearsal === 'forward')
    return ask(`A rehearsal deployed ${name} again, which ran well before it, so a person decides`);
  if (isAutomatic(request)) return null;
  const forward = `npx --no-install lastgood rehearse ${request.target} --forward`;
  return { ...act(`A rehearsal put ${name} there. To go forward again: ${forward}`), isOutweighed: true };
};
