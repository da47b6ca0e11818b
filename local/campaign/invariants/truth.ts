import { readSettings } from '../../../src/rollback/settings.ts';
import { clock, courseOf, releaseIn, routeOf, type Rollback, type Write } from '../course.ts';
import { endsIn, type End } from '../ends.ts';
import { inForce } from '../in-force.ts';
import { deployedIn } from '../mishaps.ts';
import type { Night } from '../night.ts';
import { failsThroughout } from '../suffering.ts';
import { byRollback } from '../writes.ts';
import type { Invariant } from './invariant.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/** Users of a serving version are never silent for so long. */
const SERVED_WITHIN_MS = 10 * SECOND_MS;
/** Verify looks every half minute (src/rollback/poll-intervals.ts). A deployment that began since is seen by its next look. */
const LOOKS_WITHIN_MS = 90 * SECOND_MS;
/** CloudWatch shows a minute about so long after its end, so the newest minutes are not known yet. */
const SHOWN_AFTER_MS = 2 * MINUTE_MS;
/** Above every alarm's threshold and every tolerated share. */
const MUCH = 0.1;

/** Faults that make metrics or alarms say that users are well. */
const BLINDS = new Set([
  ...['metrics-late', 'metrics-partial', 'metrics-missing'],
  ...['alarm-deleted', 'alarm-edited', 'alarm-hushed', 'alarm-loses-its-data'],
]);

/** Rules of the truth: what Lastgood says, against what the world held. */
export const truth: readonly Invariant[] = [
  {
    name: 'rolled-back-is-served',
    because:
      "Terraform issue 20858 and the action's issue 191: success was reported while another version ran",
    broken: (night) => {
      const ended = rolledBack(night);
      const broken = ended.flatMap((rollback) => {
        const { endedAt } = rollback;
        const to = namedIn(night, rollback);
        if (to === null || isOvertaken(night, endedAt)) return [];
        const answer = night.releases.answeringAt(endedAt, SERVED_WITHIN_MS);
        return answer.length === 1 && answer[0] === to
          ? []
          : [`${clock(endedAt)} rolled back to ${to}, and ${answer.join(' and ') || 'nothing'} answers`];
      });
      return ended.length === 0 ? null : broken;
    },
  },
  {
    name: 'rolled-back-is-well',
    because: 'the GPS rollback of 2014 and Slack, 12 May 2020: rolled back is not recovered',
    broken: (night) => {
      const ended = rolledBack(night);
      const broken = ended.flatMap((rollback) => {
        const { endedAt } = rollback;
        const hurt = inItsProof(night, rollback) ?? neverWell(night, rollback);
        return hurt !== null && !isBlind(night, hurt.from, endedAt)
          ? [`${clock(endedAt)} rolled back, and users hurt from ${clock(hurt.from)} to ${clock(hurt.to)}`]
          : [];
      });
      return ended.length === 0 ? null : broken;
    },
  },
  {
    name: 'a-proof-is-whole',
    because:
      'demand 1: https://github.com/hashicorp/terraform-provider-aws/issues/19519 (steady for a moment)',
    broken: (night) => {
      const ended = rolledBack(night);
      const broken = ended.flatMap((rollback) => {
        const { last, endedAt } = rollback;
        const asked = readSettings(last.plan?.tags ?? {}).proofMinutes * MINUTE_MS;
        const since = servedSince(night, rollback);
        return since === null || endedAt - since >= asked - SERVED_WITHIN_MS
          ? []
          : [`${clock(endedAt)} rolled back, and another version answered until ${clock(since)}`];
      });
      return ended.length === 0 ? null : broken;
    },
  },
  {
    name: 'clean-means-unchanged',
    because: 'design 2: if in doubt, dirty; Roblox 2021: people acted on a wrong picture of what had changed',
    // A system that was asked and refused has changed nothing.
    broken: (night) => {
      const course = courseOf(night);
      const isOnlyAsked = ({ call }: Write) => call.operation === 'PutEvents' && hasRefused(night);
      const clean = course.rollbacks.filter(({ last }) => isClean(last.outcome?.state));
      const broken = byRollback(course)
        .filter(({ rollback, writes }) => clean.includes(rollback) && !writes.every(isOnlyAsked))
        .map(({ rollback, writes }) => {
          const { state, reason } = rollback.last.outcome ?? {};
          return `${state} (${reason}) after ${writes.map(({ call }) => call.operation).join(', ')}`;
        });
      return clean.length === 0 ? null : broken;
    },
  },
  {
    name: 'revisions-are-as-named',
    because: 'demand 29: say why and what; copilot issue 5586',
    broken: (night) => judgeEnds(night, (end) => wrongRevisions(night, end)),
  },
  {
    name: 'healthy-since-is-true',
    because:
      'demand 1: https://github.com/hashicorp/terraform-provider-aws/issues/19519 (steady, and it was not)',
    broken: (night) => judgeEnds(night, ({ times }) => wrongHealth(night, times)),
  },
];

/** Returns whether an external system has answered that it refuses. */
function hasRefused({ stage }: Night): boolean {
  return stage.runtime.bus.published.some(
    ({ event: { 'detail-type': type, detail } }) =>
      type === 'Rollback Answered' && detail['state'] === 'refused',
  );
}

interface RolledBack extends Rollback {
  readonly endedAt: number;
}

function rolledBack(night: Night): readonly RolledBack[] {
  return courseOf(night).rollbacks.filter(
    (rollback): rollback is RolledBack =>
      rollback.last.outcome?.state === 'rolled-back' && rollback.endedAt !== null,
  );
}

interface Hurt {
  readonly from: number;
  readonly to: number;
}

/** Users hurt in each minute of the proof that CloudWatch shows. What hurt them before the way back, or before the proof, is over. */
function inItsProof(night: Night, rollback: RolledBack): Hurt | null {
  const to = rollback.endedAt - SHOWN_AFTER_MS;
  const since = healthySince(rollback.last);
  const before = Math.min(to - 2 * MINUTE_MS, since);
  const over = night.harm.flatMap((harm) => (harm.to !== null && harm.to <= since ? harm.to : []));
  const from = Math.max(before, servedSince(night, rollback) ?? before, ...over);
  return failsThroughout(night, from, to, MUCH) ? { from, to } : null;
}

/** Users hurt without a break from before the proof to its end. An alarm had the time to see it. */
function neverWell(night: Night, { last, endedAt }: RolledBack): Hurt | null {
  const seenFrom = endedAt - SHOWN_AFTER_MS - (night.story.settings.alarm.minutes + 1) * MINUTE_MS;
  const hurts = night.harm.some(
    ({ from, to }) => from <= Math.min(seenFrom, healthySince(last)) && (to === null || to > endedAt),
  );
  return hurts && failsThroughout(night, seenFrom, endedAt, MUCH) ? { from: seenFrom, to: endedAt } : null;
}

function healthySince({ health }: Rollback['last']): number {
  return Date.parse((health as { healthySince?: string } | undefined)?.healthySince ?? '');
}

/** Returns since when only the version that runs again has answered users. Null: which one that is, is not known. */
function servedSince(night: Night, rollback: RolledBack): number | null {
  const { endedAt } = rollback;
  const to = namedIn(night, rollback);
  if (to === null) return null;
  const others = night.releases.all.filter(({ name }) => name !== to);
  const ends = others
    .flatMap(({ name }) => night.releases.answering(name))
    .filter(({ from }) => from <= endedAt);
  return Math.max(0, ...ends.map((one) => Math.min(one.to, endedAt)));
}

/**
 * Returns the story's release that a rollback says to run again. Where the plan said that AWS does not show what is behind
 * a side, it is the release that is there at the end. Null: it is none of the story.
 */
function namedIn(night: Night, { last, endedAt }: RolledBack): string | null {
  const to = routeOf(last)?.to;
  const id = isHidden(last)
    ? to?.id.replace(/ since .*/, ` since ${new Date(endedAt).toISOString()}`)
    : to?.id;
  const name = releaseIn(night, to && { ...to, id: id ?? '' });
  return name === null || !isOfStory(night, name) ? null : name;
}

const HIDDEN = /^it is unknown whether .* still runs the proven revision/;

function isHidden({ plan }: Rollback['last']): boolean {
  return plan !== undefined && 'notes' in plan && (plan.notes ?? []).some((note) => HIDDEN.test(note));
}

/** Some grounds have a version before the first release. It notes nothing of its users. */
function isOfStory({ releases }: Night, name: string): boolean {
  return releases.find(name) !== undefined;
}

/** A deployment began after Verify's last look, so that nothing could know of it. */
function isOvertaken(night: Night, at: number): boolean {
  return deployedIn(night).some((deployed) => deployed.at <= at && deployed.at > at - LOOKS_WITHIN_MS);
}

/**
 * CloudWatch shows nothing, or something else: the band of the embedded one learns a long outage within minutes, and an
 * alarm on targets sees no errors. Outside AWS it is the only sign. What cannot be read is no proof, and no excuse.
 */
function isBlind(night: Night, from: number, to: number): boolean {
  const { on } = night.story.settings.alarm;
  if (on === 'band' || (on === 'unhealthy' && night.ground.kind === 'external')) return true;
  return inForce(night, from, to, BLINDS).length > 0;
}

function isClean(state: string | undefined): boolean {
  return state === 'failed-clean' || state === 'skipped';
}

function judgeEnds(night: Night, wrong: (end: End) => readonly string[]): readonly string[] | null {
  const ends = [...endsIn(night).values()].flat();
  return ends.length === 0
    ? null
    : ends.flatMap((end) => wrong(end).map((says) => `${end.endedAt.slice(11, 19)} ${says}`));
}

/** A version that runs again ran before, and another one was deployed since. */
function wrongRevisions(night: Night, { from, to, outcome }: End): readonly string[] {
  const [bad, good] = [releaseIn(night, from), releaseIn(night, to)];
  if (outcome !== 'rolled-back' || good === null || !isOfStory(night, good)) return [];
  if (bad === good && from?.id === to?.id) return [`rolled back from ${from?.name} to the same`];
  const [first] = night.releases.answering(good);
  const deployed = deployedIn(night).findLast(({ release }) => release === bad);
  return first === undefined || (deployed !== undefined && first.from > deployed.at)
    ? [`${good} runs again, and never ran before ${bad}`]
    : [];
}

function wrongHealth(night: Night, times: End['times']): readonly string[] {
  const [since, until] = [times?.['healthySince'], times?.['provenAt']];
  if (since === undefined || until === undefined) return [];
  const [from, to] = [Date.parse(since), Date.parse(until) - SHOWN_AFTER_MS];
  return failsThroughout(night, from, to, MUCH) && !isBlind(night, from, to)
    ? [`healthy since ${since}, while users failed`]
    : [];
}
