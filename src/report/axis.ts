import { clockOf } from './words.ts';

/** A stretch of time, in milliseconds since the epoch. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The pixels of an axis, and those beside it into which a label may reach. */
export interface Room {
  readonly width: number;
  readonly left: number;
  readonly right: number;
}

export interface Tick {
  readonly at: Date;
  readonly label: string;
}

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** Seconds between two ticks, from the finest: each divides the next unit of a clock or a calendar. */
const STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 14, 30, 90, 365].map((days) => days * DAY),
];

/** Pixels of one character of a label, as the style sheet sets it, and between two labels. */
const CHARACTER = 6.3;
const GAP = 24;

/**
 * Returns the ticks of an axis of time, in UTC: as many as have room beside one another. No two have the same label, and
 * no label reaches out of the drawing.
 */
export function ticksOf({ from, to }: Stretch, room: Room): readonly Tick[] {
  const seconds = Math.max(1, (to - from) / 1000);
  const fits = (step: number) => (step / seconds) * room.width >= widthOf(formOf(step, seconds)) + GAP;
  const step = STEPS.find(fits) ?? STEPS.at(-1) ?? DAY;
  const form = formOf(step, seconds);
  const first = Math.ceil(from / 1000 / step) * step;
  const count = Math.max(0, Math.floor((to / 1000 - first) / step) + 1);
  return Array.from({ length: count }, (_, index) => new Date((first + index * step) * 1000))
    .filter((at) => isInside((at.getTime() - from) / 1000 / seconds, widthOf(form), room))
    .map((at) => ({ at, label: labelOf(at, form) }));
}

type Form = 'seconds' | 'minutes' | 'days';

/** A clock time repeats after a day. */
function formOf(step: number, seconds: number): Form {
  if (step < MINUTE) return 'seconds';
  return seconds < DAY ? 'minutes' : 'days';
}

const CHARACTERS = { seconds: 8, minutes: 5, days: 11 } as const;

function widthOf(form: Form): number {
  return CHARACTERS[form] * CHARACTER;
}

function isInside(share: number, label: number, { width, left, right }: Room): boolean {
  const middle = share * width;
  return middle - label / 2 >= -left && middle + label / 2 <= width + right;
}

function labelOf(at: Date, form: Form): string {
  const instant = at.toISOString();
  if (form === 'days') return instant.slice(5, 16).replace('T', ' ');
  return clockOf(instant).slice(0, CHARACTERS[form]);
}
