import { GOOD } from './behaviours.ts';
import { Bill } from './cost/bill.ts';
import { priced, type Item } from './cost/prices.ts';
import { openGround, type Ground } from './ground.ts';
import { Meter } from './meter.ts';
import { Notices, type Noticed } from './notices.ts';
import type { IdleOptions } from './options.ts';
import { plant } from './plant.ts';
import { untilProven } from './proven.ts';
import { Sights, type OutOfSight } from './sights.ts';
import type { Subject } from './subject.ts';

/** Calls of one bucket in a minute, on average and in the busiest one. */
export interface IdleBucket {
  readonly name: string;
  readonly callsPerMinute: number;
  readonly peakPerMinute: number;
  /** Null: AWS documents no quota. */
  readonly quotaPerMinute: number | null;
  readonly throttled: number;
}

export interface IdleResult {
  readonly kind: string;
  readonly targets: number;
  readonly minutes: number;
  /** The longest time for which the sweep did not see a target. */
  readonly oldestSeenMinutes: number;
  readonly usdPerMonth: number;
  /** Targets whose first release was proven when the run began. */
  readonly proven: number;
  readonly sights: readonly OutOfSight[];
  readonly noticed: readonly Noticed[];
  readonly usd: Readonly<Record<Item, number>>;
  readonly buckets: readonly IdleBucket[];
}

const MINUTE = 60_000;
const SOAK_MINUTES = 5;
const PLOT = {
  size: 1,
  checkSeconds: 60,
  tags: { lastgood: 'auto', 'lastgood:soak': String(SOAK_MINUTES) },
} as const;

/** Users come once a minute, together: nothing here looks at them but alarms. */
const TICK_SECONDS = 60;

/** A target is deployed once a day. */
const DEPLOYED_EVERY_MINUTES = 24 * 60;

/** Plays an ordinary hour: nothing is wrong, and some targets are deployed. */
export async function playIdle(options: IdleOptions, tell: (what: string) => void): Promise<IdleResult> {
  const { targets, minutes, kind, seed } = options;
  let watched: Watched | null = null;
  const ground = await openGround({
    ...{ seed, requestsPerSecond: 1 },
    watching: {
      onAdmission: (admission) => {
        if (!admission.call.role.startsWith('lastgood')) return;
        watched?.meter.count(admission);
        watched?.bill.admitted(admission);
      },
      onAnswer: (call, output) => {
        if (watched === null || !call.role.startsWith('lastgood')) return;
        watched.bill.answered(call, output);
        watched.notices.answered(call);
        if (call.role.includes('-sweep-')) watched.sights.answered(call, output);
      },
    },
  });
  try {
    ground.traffic.pace(TICK_SECONDS);
    ground.runtime.wire.disturb.suspendLimits();
    const offsets = Array.from({ length: targets }, () => Math.floor(ground.chance.next() * MINUTE));
    const subjects = plant(ground, { ...PLOT, mix: kind, offsets });
    tell(`${subjects.length} targets are there`);
    const proven = await untilProven(ground, subjects, SOAK_MINUTES, tell);
    watched = watch(ground, subjects);
    ground.runtime.wire.disturb.resumeLimits();
    tell(`${proven} first releases are proven; ${minutes} minutes begin`);
    await passMinutes(ground, subjects, watched, minutes, tell);
    return await resultOf(options, proven, watched);
  } finally {
    await ground.close();
  }
}

interface Watched {
  readonly meter: Meter;
  readonly bill: Bill;
  readonly sights: Sights;
  readonly notices: Notices;
}

function watch({ world: { clock }, runtime }: Ground, subjects: readonly Subject[]): Watched {
  const now = () => clock.now();
  return {
    meter: new Meter(now),
    bill: new Bill(runtime),
    sights: new Sights(subjects, now),
    notices: new Notices(subjects, now),
  };
}

/** Lets the minutes pass. The seed decides which targets are deployed, and when. */
async function passMinutes(
  ground: Ground,
  subjects: readonly Subject[],
  { notices, meter }: Watched,
  minutes: number,
  tell: (what: string) => void,
): Promise<void> {
  const { clock } = ground.world;
  const began = clock.now();
  ground.world.onEvent((event) => notices.heard(event as never));
  for (const subject of subjects) {
    const at = ground.chance.next() * DEPLOYED_EVERY_MINUTES;
    if (at >= minutes) continue;
    clock.at(began + at * MINUTE, () => {
      subject.release({ ...GOOD });
      notices.released(subject);
    });
  }
  for (let minute = 1; minute <= minutes; minute++) {
    await ground.reach(began + minute * MINUTE);
    if (minute % 10 === 0 || minute === minutes) {
      const throttled = meter.buckets().reduce((sum, bucket) => sum + bucket.throttled, 0);
      tell(`${minute} minutes: ${throttled} calls throttled`);
    }
  }
}

async function resultOf(
  { kind, targets, minutes }: IdleOptions,
  proven: number,
  { meter, bill, sights, notices }: Watched,
): Promise<IdleResult> {
  const seen = sights.outOfSight();
  const usd = priced(await bill.aMonth(minutes));
  const total = Object.values(usd).reduce((sum, one) => sum + one, 0);
  return {
    ...{ kind, targets, minutes },
    oldestSeenMinutes: Math.max(...seen.map(({ oldestMinutes }) => oldestMinutes)),
    usdPerMonth: rounded(total),
    proven,
    sights: seen,
    noticed: notices.noticed(),
    usd: Object.fromEntries(
      Object.entries(usd).map(([item, one]) => [item, rounded(one)]),
    ) as IdleResult['usd'],
    buckets: meter.buckets().map(({ name, calls, peak, perMinute, throttled }) => ({
      ...{ name, callsPerMinute: rounded(calls / minutes), peakPerMinute: peak },
      ...{ quotaPerMinute: perMinute, throttled },
    })),
  };
}

function rounded(value: number): number {
  return Number(value.toFixed(2));
}
