import { clock, courseOf, isWanted, releaseIn, routeOf, type Write } from '../course.ts';
import { inForce } from '../in-force.ts';
import { deployedIn, faultsBetween, type Deployed } from '../mishaps.ts';
import type { Night } from '../night.ts';
import { isGood } from '../releases.ts';
import { SCALING_ALARMS } from '../scaling.ts';
import { failsThroughout, isWellThroughout } from '../suffering.ts';
import { byRollback, firstWrites } from '../writes.ts';
import type { Invariant } from './invariant.ts';

const MINUTE_MS = 60_000;
/** Every alarm of the stories is red after so many minutes of this share of errors. */
const RED_AFTER_MS = 5 * MINUTE_MS;
const MUCH = 0.15;
/** An alarm is not older than five minutes, and its minutes are not older than four before it (design 6). */
const WELL_MS = 20 * MINUTE_MS;
/** Faults that keep measurements from alarms, or give them a part. */
const WITHHOLDS = new Set(['metrics-late', 'metrics-partial', 'metrics-missing']);

/** Rules of the judge. */
export const judgement: readonly Invariant[] = [
  {
    name: 'a-fix-is-never-undone',
    because:
      'METR/hawk issue 1429 and design 6: what was deployed after the onset is not undone without a person',
    // Harm that no alarm shows has no onset: only harm that every alarm of the stories sees counts.
    broken: (night) => {
      const alone = automaticWrites(night);
      const broken = alone.flatMap(({ at, from }) => {
        const newest = deployedBefore(night, at);
        if (newest === null || newest.release === releaseIn(night, routeOf(from?.document ?? {})?.to))
          return [];
        const hurt =
          isSeen(night, newest.at, at) &&
          failsThroughout(night, newest.at - RED_AFTER_MS, newest.at, MUCH) &&
          night.harm.some(({ from: since, to }) => since <= newest.at && (to === null || to >= newest.at));
        return hurt && faultsBetween(night, newest.at - RED_AFTER_MS, at).length === 0
          ? [`${clock(at)} ${newest.release} is undone, deployed at ${clock(newest.at)} while users hurt`]
          : [];
      });
      return alone.length === 0 ? null : broken;
    },
  },
  {
    name: 'no-chase',
    because: 'design 6, no loops, and Knight Capital 2012: a rollback of the rollback; Terraform issue 34189',
    broken: (night) => {
      const ways = byRollback(courseOf(night)).map(({ rollback, writes: [first] }) => ({ rollback, first }));
      if (ways.length < 2) return null;
      return ways.slice(1).flatMap(({ first }, place) => {
        const before = ways[place]?.first;
        if (before === undefined || isWanted(first.from?.document ?? {})) return [];
        const isBetween = deployedIn(night).some(({ at }) => at > before.at && at < first.at);
        const [from, put] = [releaseFrom(night, first), releaseTo(night, before)];
        return !isBetween && from !== null && from === put
          ? [`${clock(first.at)} ${from} is taken away, which a rollback brought at ${clock(before.at)}`]
          : [];
      });
    },
  },
  {
    name: 'well-is-left-alone',
    because: 'facts P3: precision; ecs-deploy issue 102: a rollback surprised users who were well',
    // A deployment that fails, and a lookout that sees the first errors, need no users who hurt. Nor does an alarm on
    // latency: its threshold is below what users feel. Without data an alarm may be red as its owner wants it.
    broken: (night) => {
      const byAlarms = automaticWrites(night).filter(({ from }) => {
        const { request, verdict } = from?.document ?? {};
        const trigger = (verdict?.decidedBy ?? request)?.trigger;
        return trigger?.type === 'alarm' && trigger.alarm === night.subject.alarms[0];
      });
      const broken = byAlarms
        .filter(
          (write) =>
            isWellThroughout(night, write.at - WELL_MS, write.at) &&
            inForce(night, write.at - WELL_MS, write.at, WITHHOLDS).length === 0 &&
            !isStrict(night, write),
        )
        .map(
          ({ at, call }) =>
            `${clock(at)} ${call.operation}, and users were well for ${WELL_MS / MINUTE_MS} minutes`,
        );
      return byAlarms.length === 0 ? null : broken;
    },
  },
  {
    name: 'scaling-starts-nothing',
    because: 'facts P3: precision; ecs-deploy issue 102: a rollback surprised users who were well',
    // The tag lastgood:target says that its owner means it. A person may ask at the same time, or agree.
    broken: (night) => {
      const turned = courseOf(night).allTurns.some(({ alarm, to }) => to === 'ALARM' && onlyScales(alarm));
      const broken = automaticWrites(night)
        .filter(({ from }) => {
          const { request, verdict } = from?.document ?? {};
          const { trigger } = verdict?.decidedBy ?? request ?? {};
          return trigger?.type === 'alarm' && onlyScales(trigger.alarm);
        })
        .map(({ at, call }) => `${clock(at)} ${call.operation}, because an alarm that only scales turned`);
      return turned ? broken : null;
    },
  },
];

function onlyScales(alarm: string): boolean {
  return alarm === SCALING_ALARMS.tracked || alarm === SCALING_ALARMS.steps;
}

/**
 * Says whether the owner's alarm is red while users are well. One error may leave the band of a quiet service, and a bad
 * release whose targets never become healthy takes no users.
 */
function isStrict(night: Night, write: Write): boolean {
  const { on } = night.story.settings.alarm;
  if (on !== 'unhealthy') return on === 'band';
  const from = releaseFrom(night, write);
  const release = from === null ? undefined : night.releases.find(from);
  return release !== undefined && !isGood(release.way);
}

/** Says whether the alarm on errors was red at some time between two instants. One on targets sees no errors. */
function isSeen(night: Night, from: number, to: number): boolean {
  if (night.story.settings.alarm.on === 'unhealthy') return false;
  const turns = courseOf(night).turns.filter(({ alarm }) => alarm === night.subject.alarms[0]);
  return turns.some((turn, place) => {
    const over = turns.slice(place + 1).find((next) => next.to !== 'ALARM')?.at ?? Infinity;
    return turn.to === 'ALARM' && turn.at <= to && over >= from;
  });
}

function automaticWrites(night: Night): readonly Write[] {
  return firstWrites(courseOf(night)).filter(({ from }) => !isWanted(from?.document ?? {}));
}

function deployedBefore(night: Night, at: number): Deployed | null {
  return deployedIn(night).findLast((deployed) => deployed.at <= at) ?? null;
}

function releaseFrom(night: Night, { from }: Write): string | null {
  return releaseIn(night, routeOf(from?.document ?? {})?.from);
}

function releaseTo(night: Night, { from }: Write): string | null {
  return releaseIn(night, routeOf(from?.document ?? {})?.to);
}
