import type { Random } from '@lastgood/embedded-aws/world/random.ts';
import { BAD_MINUTES } from './alarms.ts';
import type { Kind } from './subject.ts';

const MINUTE = 60_000;

/**
 * Milliseconds from the end of a minute until an alarm can see it: the first node of a load balancer reports then, and
 * an application's own metrics a little later (traffic.ts, minutes.ts of the embedded AWS).
 */
const VISIBLE_AFTER: Readonly<Record<Kind, number>> = {
  ...{ ecs: 40_000, elb: 40_000, asg: 40_000, codedeploy: 40_000 },
  ...{ lambda: 45_000, route53: 45_000 },
};

/** An alarm's place is met to half a second. */
const MARGIN_MS = 500;

/** The first alarm turns so many milliseconds after a full minute: the earliest at which metrics are visible. */
const FIRST_IN_MINUTE = 41_000;

/** Returns when alarms turn, in milliseconds after the first one: anywhere within so many seconds, in any order. */
export function spread(count: number, within: number, chance: Random): readonly number[] {
  const places = Array.from({ length: count }, () => Math.floor(chance.next() * within * 1000));
  const first = Math.min(...places);
  return places.map((place) => clearOfVisible(place - first));
}

/** Moves an offset out of the second in which a minute becomes visible: whether its alarm sees it then is left open. */
function clearOfVisible(offset: number): number {
  const place = placeInMinute(offset);
  const isNear = Object.values(VISIBLE_AFTER).some((visible) => Math.abs(place - visible) <= 2 * MARGIN_MS);
  return isNear ? Math.max(0, offset - 4 * MARGIN_MS) : offset;
}

/** Returns the place within a minute, in milliseconds, at which an alarm must be evaluated to turn at that offset. */
export function placeInMinute(offset: number): number {
  return (FIRST_IN_MINUTE + offset) % MINUTE;
}

/** Returns the first instant at which an alarm can turn if harm may begin from `earliest` on. */
export function firstTurn(earliest: number): number {
  return Math.ceil(earliest / MINUTE) * MINUTE + (BAD_MINUTES + 1) * MINUTE + FIRST_IN_MINUTE;
}

/**
 * Returns the full minute in which the harm must begin for an alarm to turn at an instant: its second bad minute is
 * visible then, and was not at the evaluation before.
 */
export function harmBefore(turn: number, kind: Kind): number {
  const ended = Math.floor((turn - VISIBLE_AFTER[kind] - MARGIN_MS) / MINUTE) * MINUTE;
  return ended - BAD_MINUTES * MINUTE;
}

/**
 * Returns a name under which CloudWatch evaluates an alarm at that place in the minute, to the second. The world draws
 * the place from the name, as AWS gives each alarm its own.
 */
export function alarmNamed(stem: string, place: number, phaseOf: (name: string) => number): string {
  for (let suffix = 0; ; suffix++) {
    const name = `${stem}-${suffix.toString(36)}`;
    const distance = Math.abs(phaseOf(name) - place);
    if (Math.min(distance, MINUTE - distance) < 500) return name;
  }
}
