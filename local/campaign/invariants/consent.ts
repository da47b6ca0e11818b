import { clock, courseOf, isApproved, isWanted, type Document, type Write } from '../course.ts';
import { deployedIn, doneBefore, faultsBetween, FROZEN, heldSince, PAUSED, tagsAt } from '../mishaps.ts';
import { byRollback, firstWrites } from '../writes.ts';
import type { Night } from '../night.ts';
import type { Invariant } from './invariant.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/**
 * A verb reads the tags or the pause when it begins, and writes within its own time limit (functions/mechanisms). AWS
 * refuses later writes to targets whose API knows the condition on the tag.
 */
const VERB_MS = 30 * SECOND_MS;
/** An event on the bus, its function, and a retry of it. */
const HEARD_MS = 30 * SECOND_MS;
/** What may change a target besides its releases. */
const CHANGES = [
  ...['drift', 'abort', 'lose-first'],
  ...['settings-drift', 'abort-without-cause', 'first-removed', 'bad-release-again'],
];

/** Rules of consent: who allowed what Lastgood wrote. */
export const consent: readonly Invariant[] = [
  {
    name: 'no-write-without-consent',
    because: 'design 6, opt in by tag; the demand 27 and 28 of peers: a rollback that surprised its owners',
    broken: (night) => {
      const { writes } = courseOf(night);
      const broken = writes.flatMap((write) => {
        const problem = missingConsent(night, write);
        return problem === null ? [] : [`${clock(write.at)} ${write.call.operation}: ${problem}`];
      });
      return writes.length === 0 ? null : broken;
    },
  },
  {
    name: 'no-write-while-frozen',
    because: 'Azure Front Door, 29 October 2025: changes were blocked while people worked; ADR 10',
    // A way back that was begun before the freeze goes on: left midway, it would hurt more.
    broken: (night) => {
      const firsts = firstWrites(courseOf(night));
      if (doneBefore(night, Infinity, FROZEN.begins, FROZEN.fault).length === 0 || firsts.length === 0)
        return null;
      return firsts.flatMap(({ at, from }) => {
        const since = heldSince(night, at, FROZEN);
        const isIn = since !== null && at - since > HEARD_MS && !isLost(night, since, at);
        return isIn && !isWanted(from?.document ?? {}) ? [`${clock(at)} frozen since ${clock(since)}`] : [];
      });
    },
  },
  {
    name: 'no-write-while-paused',
    because: 'Knight Capital 2012 and Google Cloud, 12 June 2025: a kill switch must hold at once',
    broken: (night) => {
      const { writes } = courseOf(night);
      if (doneBefore(night, Infinity, PAUSED.begins, PAUSED.fault).length === 0 || writes.length === 0)
        return null;
      return writes.flatMap(({ at, call }) => {
        const since = heldSince(night, at, PAUSED);
        return since !== null && at - since > VERB_MS
          ? [`${clock(at)} ${call.operation}, paused since ${clock(since)}`]
          : [];
      });
    },
  },
  {
    name: 'answers-are-people-s',
    because: 'facts R3: an approval binds to the plan, and only the person on call may give it',
    broken: (night) => {
      const approved = byRollback(courseOf(night)).filter(({ writes: [{ from }] }) =>
        isApproved(from?.document.approval),
      );
      const broken = approved.flatMap(({ rollback, writes: [{ at, from }] }) => {
        const started = Date.parse(rollback.execution.startedAt);
        const presses = doneBefore(night, at, 'presses Approve').filter((entry) => entry.at >= started);
        const { approval } = from?.document ?? {};
        return presses.length === 0
          ? [`${clock(at)} approved by ${JSON.stringify(approval)}, without a press`]
          : [];
      });
      return approved.length === 0 ? null : broken;
    },
  },
  {
    name: 'nothing-deployed-nothing-written',
    // A person may ask for the version before the first release, where the ground has one.
    because: 'Argo Rollouts issue 1292: an abort with nothing in progress scaled the stable version to zero',
    broken: (night) => {
      if (deployedIn(night).length > 0 || doneBefore(night, Infinity, ...CHANGES).length > 0) return null;
      // One error may leave the band of a quiet service, while the ground still deploys its first release.
      if (courseOf(night).rollbacks.length === 0 || night.story.settings.alarm.on === 'band') return null;
      const alone = courseOf(night).writes.filter(
        ({ from, rollback }) =>
          [undefined, night.subject.target].includes(rollback?.target) && !isWanted(from?.document ?? {}),
      );
      return alone.map(({ at, call }) => `${clock(at)} ${call.operation}`);
    },
  },
  {
    name: 'lookout-writes-nothing',
    because: 'issue 16: the lookout writes nothing; it asks the machine that holds a claim',
    // Only the answer at a pause of a deployment is its own, where the tag `lastgood:gate` asks for it.
    broken: (night) => {
      const { runtime } = night.stage;
      if (!runtime.executions().some(({ arn }) => arn.includes('-lookout:'))) return null;
      const { writes } = courseOf(night);
      return writes
        .filter(({ rollback, call }) => rollback === null && !isGate(night, call.operation))
        .map(({ at, call }) => `${clock(at)} ${call.role} calls ${call.operation} for no rollback`);
    },
  },
  {
    name: 'no-call-is-denied',
    because: 'facts R3: the role has what its work needs; a denied call shows in the night when it is needed',
    // AWS refuses where a story takes the tag or a permission away. No software could do without.
    broken: (night) => {
      const { calls } = night.stage.runtime.wire;
      const denied = calls.filter(({ allowed, role }) => !allowed && role.startsWith('lastgood-'));
      return denied
        .filter(({ at, asked }) => !isDeniedAlways(night, asked) && !mayBeDenied(night, Date.parse(at)))
        .map(
          ({ at, role, operation, asked }) =>
            `${at.slice(11, 19)} ${role} ${operation} (${asked.join(', ')})`,
        );
    },
  },
];

/** Returns why a write had no consent, or null. */
function missingConsent(night: Night, { at, from, rollback, call }: Write): string | null {
  if (isGate(night, call.operation)) return null;
  const document = from?.document;
  if (rollback === null || document === undefined) return 'it belongs to no rollback';
  if (rollback.target !== night.subject.target) return null;
  if (isAbsentSince(night, at)) return 'the target has no tag that allows it';
  const { verdict } = document;
  if (verdict?.verdict !== 'act') return `the verdict is ${verdict?.verdict ?? 'missing'}`;
  return mayAct(night, Date.parse(verdict.at), document) ? null : 'no person was asked';
}

/** Says whether a verdict to act rests on the tag, on a person, or on a silence that the owner takes for consent. */
function mayAct(night: Night, at: number, document: Document): boolean {
  const modes = tagsIn(night, at - MINUTE_MS, at).map((tags) => tags['lastgood']);
  if (isWanted(document) || modes.includes('auto')) return true;
  const { approval } = document;
  const isSilent = approval !== undefined && 'Error' in approval && approval.Error === 'States.Timeout';
  return isSilent && tagsIn(night, at - MINUTE_MS, at).some((tags) => tags['lastgood:silence'] === 'go');
}

/** Says whether the consent has been gone for longer than a verb takes. */
function isAbsentSince(night: Night, at: number): boolean {
  return tagsIn(night, at - VERB_MS, at).every(
    ({ lastgood }) => lastgood !== 'auto' && lastgood !== 'approve',
  );
}

function tagsIn(night: Night, from: number, to: number): readonly Readonly<Record<string, string>>[] {
  const later = night.tagged.filter(({ at }) => at > from && at <= to);
  return [tagsAt(night, from), ...later.map(({ tags }) => tags)];
}

function isGate(night: Night, operation: string): boolean {
  return operation === 'ContinueServiceDeployment' && night.story.settings.tags['lastgood:gate'] === 'on';
}

/** A fault may have kept the event from its function. */
function isLost(night: Night, from: number, to: number): boolean {
  return faultsBetween(night, from, to).some(({ what }) => what !== FROZEN.fault);
}

function mayBeDenied(night: Night, at: number): boolean {
  const isTagless = tagsIn(night, at - 5 * MINUTE_MS, at).some(
    ({ lastgood }) => lastgood !== 'auto' && lastgood !== 'approve',
  );
  // A function that began before the permission was back is in its own time, ahead of the world's.
  return isTagless || faultsBetween(night, at - MINUTE_MS, at).some(({ what }) => TAKES.test(what));
}

/** Says whether an action that a call needs is denied from the beginning. */
function isDeniedAlways({ story: { settings } }: Night, asked: readonly string[]): boolean {
  return settings.denied !== undefined && asked.includes(settings.denied);
}

/** Faults that take a permission away. */
const TAKES = /^(write|read)-permission-lost$/;
