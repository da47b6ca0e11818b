import { clock, courseOf, releaseIn, type Document, type Rollback, type Turn } from '../course.ts';
import { begunAt, instantsOf } from '../ends.ts';
import { isKnownAs, named } from '../known-as.ts';
import { doneBefore, faultsBetween, FROZEN, heldSince, tagsAt } from '../mishaps.ts';
import type { Night } from '../night.ts';
import { byRollback } from '../writes.ts';
import type { Invariant } from './invariant.ts';

const MINUTE_MS = 60_000;
/** A tag, a freeze or an answer takes its way before the judge reads it. */
const READ_WITHIN_MS = 2 * MINUTE_MS;
/** Reasons round to a minute, and two sights of a kind without a history are up to two minutes apart. */
const ROUNDED_MINUTES = 2.5;

/** A sentence that a rollback says to people, and when. */
interface Said {
  readonly at: number;
  readonly night: Night;
  readonly rollback: Rollback;
  /** The plan that was judged. */
  readonly plan: Document['plan'];
  /** All reasons of the same verdict. */
  readonly reasons: readonly string[];
  /** The words that the pattern captured. */
  readonly words: readonly string[];
}

/** A kind of sentence, and whether the world held what it states. */
interface Statement {
  readonly pattern: RegExp;
  readonly holds: (said: Said) => boolean;
}

const STATEMENTS: readonly Statement[] = [
  {
    pattern: /^Alarm (\S+) turned (less than a|\d+) minutes? after the deployment of (\S+) began\.$/,
    holds: ({ night, at, words: [alarm = '', minutes = '', name = ''] }) =>
      turnsTo(night, 'ALARM', alarm, at).some((turn) =>
        isKnownAs(night, name, at, (deployed) =>
          isAbout((turn.at - deployed.at) / MINUTE_MS, minutes === 'less than a' ? 0 : Number(minutes)),
        ),
      ),
  },
  {
    pattern: /^Alarm (\S+) was quiet before the deployment began\.$/,
    // The judge may know a better onset than the plan, and then blames an earlier deployment: a reason names it.
    holds: ({ night, at, plan, reasons, words: [alarm = ''] }) =>
      isKnownAs(
        night,
        blamedIn(reasons) ?? suspectIn(plan),
        at,
        (deployed) => !isRed(night, alarm, deployed.at),
      ),
  },
  {
    pattern: /^Alarm (\S+) was red already when the deployment of (\S+) began\.$/,
    holds: ({ night, at, words: [alarm = '', name = ''] }) =>
      isKnownAs(night, name, at, (deployed) => isRed(night, alarm, deployed.at)),
  },
  {
    pattern:
      /^Alarm (\S+) was red when the deployment of (\S+) began, was OK since then, and turned again: .*$/,
    holds: ({ night, at, words: [alarm = '', name = ''] }) =>
      isKnownAs(
        night,
        name,
        at,
        (deployed) =>
          wasRedAbout(night, alarm, deployed.at) &&
          turnsTo(night, 'OK', alarm, at).some((turn) => turn.at > deployed.at - READ_WITHIN_MS),
      ),
  },
  {
    pattern:
      /^Alarm (\S+) was red when the deployment of (\S+) began: it may be the fix, so a person decides\.$/,
    holds: ({ night, at, words: [alarm = '', name = ''] }) =>
      isKnownAs(night, name, at, (deployed) => wasRedAbout(night, alarm, deployed.at)),
  },
  {
    pattern: /^The lookout accuses the deployment of (\S+), which has hurt since (\S+)\.$/,
    holds: ({ night, at, words: [name = '', since = ''] }) =>
      isKnownAs(night, name, at, (deployed) => Date.parse(since) >= deployed.at - MINUTE_MS),
  },
  {
    pattern:
      /^(?:The harm began about when )?(\S+) was deployed after (\S+?)(?:, which ran when the harm began: it may be the fix|: either may have caused it), so a person decides\.$/,
    holds: ({ night, at, words: [newer = '', suspect = ''] }) =>
      isKnownAs(night, newer, at, (fix) => isKnownAs(night, suspect, fix.at, () => true)),
  },
  {
    pattern:
      /^The last rollback (?:was|has not ended and began) (less than a|\d+) minutes? earlier; within \d+ minutes a person decides\.$/,
    // Earlier than the trigger, which may be a later one of the same rollback.
    holds: ({ night, at, rollback, words: [minutes = ''] }) =>
      courseOf(night).rollbacks.some(
        (other) =>
          other !== rollback &&
          instantsOf(night, other).some((then) =>
            isBetween(Number(minutes) || 0, begunAt(rollback) - then, at - then),
          ),
      ),
  },
  {
    pattern: /^(\S+) was rolled back before( and is deployed again)?, so a person decides\.$/,
    holds: ({ night, at, words: [name = ''] }) =>
      byRollback(courseOf(night)).some(
        ({ writes: [first], rollback: { last } }) =>
          first.at < at &&
          [suspectIn(last.plan), replacedIn(last.plan)].some(
            (one) => releaseIn(night, named(one)) === releaseIn(night, named(name)),
          ),
      ),
  },
  {
    pattern: /^(\S+) was condemned before, so a person decides\.$/,
    holds: ({ night, at, words: [name = ''] }) =>
      courseOf(night).rollbacks.some(
        ({ entered, endedAt }) =>
          endedAt !== null &&
          endedAt < at &&
          // The last plan may be that nothing is left to do.
          entered.some(
            ({ document }) =>
              releaseIn(night, named(suspectIn(document.plan))) === releaseIn(night, named(name)),
          ),
      ),
  },
  {
    pattern: /^\S+ froze \S+ \(.*\), so a person decides\.$/,
    // A request to unfreeze that functions could not take yet changes nothing.
    holds: ({ night, at }) =>
      during(at, (then) => heldSince(night, then, FROZEN) !== null) || isLateToUnfreeze(night, at),
  },
  {
    pattern: /^(?!.*Slack)(\S+) asked for it(: .*)?\.$/,
    holds: ({ night, at, words: [who = ''] }) => {
      const act = who.startsWith('slack:') ? 'roll-back-in-slack' : 'ask-for-rollback';
      return doneBefore(night, at, act).length > 0;
    },
  },
  {
    pattern: /^\S+ approved exactly this plan\.$/,
    holds: ({ night, at }) => doneBefore(night, at, 'presses Approve').length > 0,
  },
  {
    pattern: /^\S+ is tagged lastgood=(\w+), so .*$/,
    holds: ({ night, at, words: [mode] }) => during(at, (then) => tagsAt(night, then)['lastgood'] === mode),
  },
  {
    pattern: /^\S+ is not opted in: it has no tag lastgood with the value auto, approve or observe\.$/,
    holds: ({ night, at }) =>
      during(at, (then) => !['auto', 'approve', 'observe'].includes(tagsAt(night, then)['lastgood'] ?? '')),
  },
  {
    pattern: /^No answer came, and the target is tagged lastgood:silence=go\.$/,
    holds: ({ night, at }) => during(at, (then) => tagsAt(night, then)['lastgood:silence'] === 'go'),
  },
];

/** Rules of what Lastgood says to people besides its outcomes. */
export const statements: readonly Invariant[] = [
  {
    name: 'reasons-hold',
    because:
      'demand 29: say why (https://github.com/argoproj/argo-rollouts/issues/404); a wrong reason misleads at night',
    broken: (night) => {
      const said = reasonsIn(night);
      const wrong = said.filter(({ statement, ...one }) => !statement.holds(one));
      return said.length === 0 ? null : wrong.map(({ at, says }) => `${clock(at)} ${says}`);
    },
  },
];

function reasonsIn(night: Night) {
  return courseOf(night).rollbacks.flatMap((rollback) => {
    const verdicts = new Map(
      // Of one verdict the first document counts: a later one may have the plan of the next.
      rollback.entered
        .toReversed()
        .flatMap(({ at, document: { verdict, plan } }) =>
          verdict === undefined ? [] : [[verdict.at, { at, verdict, plan }] as const],
        ),
    );
    return [...verdicts.values()].flatMap(({ at, verdict: { reasons, against = [] }, plan }) =>
      [...reasons, ...against].flatMap((says) =>
        STATEMENTS.flatMap((statement) => {
          const [whole, ...words] = statement.pattern.exec(says) ?? [];
          return whole === undefined ? [] : [{ statement, says, at, night, rollback, plan, reasons, words }];
        }),
      ),
    );
  });
}

const BLAMED = /^Alarm \S+ turned .* after the deployment of (\S+) began\.$/;

/** Returns the name of the revision whose deployment the reasons of a verdict blame, or null. */
function blamedIn(reasons: readonly string[]): string | null {
  return reasons.flatMap((reason) => BLAMED.exec(reason)?.[1] ?? [])[0] ?? null;
}

function suspectIn(plan: Document['plan']): string {
  return plan === undefined || !('to' in plan) ? '' : (plan.suspect ?? plan.from).name;
}

function replacedIn(plan: Document['plan']): string {
  return plan === undefined || !('to' in plan) ? '' : plan.from.name;
}

function turnsTo(night: Night, state: string, alarm: string | undefined, until: number): readonly Turn[] {
  return courseOf(night).allTurns.filter(
    (turn) => turn.alarm === alarm && turn.to === state && turn.at <= until,
  );
}

function isRed(night: Night, alarm: string, at: number): boolean {
  return courseOf(night).allTurns.findLast((turn) => turn.alarm === alarm && turn.at <= at)?.to === 'ALARM';
}

/** Sights leave open for minutes when a deployment began: it is dated earlier or later. */
function wasRedAbout(night: Night, alarm: string, at: number): boolean {
  return [at, at + READ_WITHIN_MS].some((until) => during(until, (then) => isRed(night, alarm, then)));
}

function isAbout(minutes: number, said: number): boolean {
  return Math.abs(minutes - said) <= ROUNDED_MINUTES;
}

/** @param from milliseconds, as `to` */
function isBetween(minutes: number, from: number, to: number): boolean {
  return minutes >= from / MINUTE_MS - ROUNDED_MINUTES && minutes <= to / MINUTE_MS + ROUNDED_MINUTES;
}

function isLateToUnfreeze(night: Night, at: number): boolean {
  const ended = doneBefore(night, at, FROZEN.ends, FROZEN.fault).flatMap(
    ({ at: began, until }) => until ?? began,
  );
  return ended.some(
    (then) => then <= at && faultsBetween(night, then, at).some(({ what }) => what !== FROZEN.fault),
  );
}

/** Says whether something was so at an instant, or shortly before it. */
function during(at: number, isSo: (at: number) => boolean): boolean {
  for (let then = at; then >= at - READ_WITHIN_MS; then -= 5_000) if (isSo(then)) return true;
  return false;
}
