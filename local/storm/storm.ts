import type { GetDeploymentOutput } from '@aws-sdk/client-codedeploy';
import { failingFrom } from './behaviours.ts';
import { Course, type Fate } from './course.ts';
import { openGround, type Ground } from './ground.ts';
import { PLANTERS } from './kinds/kinds.ts';
import { Meter, type BucketCalls } from './meter.ts';
import { floorSeconds } from './floor.ts';
import type { StormOptions } from './options.ts';
import { plant } from './plant.ts';
import { answering, type Presses } from './person.ts';
import { untilProven } from './proven.ts';
import type { Subject } from './subject.ts';
import { firstTurn, harmBefore, spread } from './turns.ts';

/** The result of a storm. Seconds are counted from the first alarm. */
export interface StormResult {
  readonly kind: string;
  readonly targets: number;
  readonly within: number;
  readonly floorSeconds: number;
  /** Targets that went back in the world. */
  readonly mitigated: number;
  /** Neither mitigated, nor asked about, nor reported clean before a write. */
  readonly lost: number;
  /** Targets that a person was asked about. */
  readonly asked: number;
  /** Ended before a write, and said so, without a question. */
  readonly clean: number;
  /** Messages that Slack received; updates are apart. */
  readonly messages: number;
  readonly updates: number;
  readonly firstSeconds: number | null;
  readonly medianSeconds: number | null;
  readonly lastSeconds: number | null;
  /** How often the person pressed a button, and when first. */
  readonly answers: number;
  readonly answeredSeconds: number | null;
  /** Seconds from the first alarm to the last one. */
  readonly alarmedWithin: number;
  /** Targets whose first release was proven, and whose alarm turned. */
  readonly proven: number;
  readonly alarmed: number;
  readonly outcomes: Readonly<Record<string, number>>;
  /** The mitigated targets of each kind, and when AWS accepted the call for the last of them. */
  readonly byKind: Readonly<Record<string, { readonly mitigated: number; readonly lastSeconds: number }>>;
  readonly reasons: Readonly<Record<string, number>>;
  readonly buckets: readonly BucketCalls[];
}

export type Tell = (what: string) => void;

const MINUTE = 60_000;

/** Enough for a share of errors, and no more. */
const REQUESTS_PER_SECOND = 20;

/** A release becomes bad before its soak ends, and so is never proven. */
const SOAK_MINUTES = 10;
const PLOT = {
  size: 2,
  checkSeconds: 10,
  tags: { lastgood: 'auto', 'lastgood:soak': String(SOAK_MINUTES) },
} as const;

/** Releases of one kind are started within so many seconds. */
const RELEASED_WITHIN_MS = 30_000;

/** A run ends so many minutes after the last alarm, if something is still open then. */
const LIMIT_MINUTES = 40;

/** Plays a storm: every target has a proven release, then a bad one, and all alarms turn within seconds. */
export async function playStorm(options: StormOptions, tell: Tell): Promise<StormResult> {
  let course: Course | null = null;
  let meter: Meter | null = null;
  const ground = await openGround({
    seed: options.seed,
    requestsPerSecond: REQUESTS_PER_SECOND,
    parameters: options.allMayAct ? { StormTargets: 'off' } : {},
    watching: {
      onAdmission: (admission) => meter?.count(admission),
      onAnswer: (call) => course?.answered(call),
    },
  });
  try {
    const { clock } = ground.world;
    const offsets = spread(options.targets, options.within, ground.chance);
    ground.runtime.wire.disturb.suspendLimits();
    const subjects = plant(ground, { ...PLOT, mix: options.kind, offsets });
    const people = ground.slack.install(ground.runtime, [{ targets: ['*'], users: ['U0ADA'] }]);
    tell(`${subjects.length} targets are there`);
    const proven = await untilProven(ground, subjects, SOAK_MINUTES, tell);
    course = new Course(subjects, groupOf(ground));
    const first = await release(ground, subjects, offsets);
    tell(`the bad releases are out; the first alarm turns at ${new Date(first).toISOString()}`);
    meter = new Meter(() => clock.now());
    const presses = answering(ground, people);
    ground.runtime.wire.disturb.resumeLimits();
    await watch(ground, course, first + Math.max(...offsets), tell);
    presses.stop();
    return resultOf(options, {
      fates: [...course.fates.values()],
      proven,
      presses,
      buckets: meter.buckets(),
      ground,
    });
  } finally {
    await ground.close();
  }
}

/** Deploys the bad releases, each kind as early as it needs. Returns when the first alarm will turn. */
async function release(
  ground: Ground,
  subjects: readonly Subject[],
  offsets: readonly number[],
): Promise<number> {
  const { clock } = ground.world;
  const leads = subjects.map(({ kind }) => PLANTERS[kind].leadSeconds * 1000 + RELEASED_WITHIN_MS);
  const first = firstTurn(clock.now() + Math.max(...leads));
  const behaviours = new Map<number, ReturnType<typeof failingFrom>>();
  for (const [place, subject] of subjects.entries()) {
    const harm = harmBefore(first + (offsets[place] ?? 0), subject.kind);
    const behaviour = behaviours.get(harm) ?? failingFrom(harm, () => clock.now());
    behaviours.set(harm, behaviour);
    const early = (leads[place] ?? 0) - Math.floor((place / subjects.length) * RELEASED_WITHIN_MS);
    clock.at(harm - early, () => subject.release(behaviour));
  }
  await ground.reach(first - 5_000);
  return first;
}

/** Lets time pass until every target is settled. */
async function watch(ground: Ground, course: Course, lastAlarm: number, tell: Tell): Promise<void> {
  const { clock } = ground.world;
  const limit = lastAlarm + LIMIT_MINUTES * MINUTE;
  const fates = [...course.fates.values()];
  while (clock.now() < limit) {
    await ground.reach(Math.min(limit, clock.now() + 5_000));
    course.hear(ground.runtime.bus.published);
    const open = fates.filter((fate) => !isSettled(fate));
    if (clock.now() % MINUTE < 5_000)
      tell(
        `${clock.iso().slice(11, 19)}: ${count(fates, 'mitigatedAt')} mitigated, ${count(fates, 'askedAt')} asked about, ${open.length} open`,
      );
    if (clock.now() > lastAlarm && open.length === 0) return;
  }
}

function isSettled({ mitigatedAt, outcome }: Fate): boolean {
  return mitigatedAt !== null || outcome !== null;
}

function count(fates: readonly Fate[], what: 'mitigatedAt' | 'askedAt' | 'alarmedAt'): number {
  return fates.filter((fate) => fate[what] !== null).length;
}

interface Played {
  readonly fates: readonly Fate[];
  readonly proven: number;
  readonly presses: Presses;
  readonly buckets: readonly BucketCalls[];
  readonly ground: Ground;
}

const CLEAN = ['skipped', 'failed-clean'];

function resultOf(
  { kind, targets, within }: StormOptions,
  { fates, proven, presses, buckets, ground }: Played,
): StormResult {
  const alarms = fates.flatMap(({ alarmedAt }) => alarmedAt ?? []);
  const first = Math.min(...alarms);
  const since = (at: number) => Number(((at - first) / 1000).toFixed(1));
  const back = fates.filter(({ mitigatedAt, subject }) => mitigatedAt !== null && subject.isBack());
  const seconds = back.map(({ mitigatedAt }) => since(mitigatedAt ?? 0)).sort((one, other) => one - other);
  const others = fates.filter((fate) => !back.includes(fate) && fate.askedAt === null);
  const clean = others.filter(
    ({ outcome, mitigatedAt }) => mitigatedAt === null && CLEAN.includes(outcome ?? ''),
  );
  const { posted } = ground.slack.channel;
  return {
    ...{ kind, targets, within },
    floorSeconds: floorSeconds(kind, targets),
    mitigated: back.length,
    lost: others.length - clean.length,
    asked: count(fates, 'askedAt'),
    clean: clean.length,
    messages: posted.length,
    updates: posted.reduce((sum, { updates }) => sum + updates, 0),
    firstSeconds: seconds[0] ?? null,
    medianSeconds: seconds[Math.floor(seconds.length / 2)] ?? null,
    lastSeconds: seconds.at(-1) ?? null,
    answers: presses.at.length,
    answeredSeconds: presses.at[0] === undefined ? null : since(presses.at[0]),
    alarmedWithin: alarms.length === 0 ? 0 : since(Math.max(...alarms)),
    proven,
    alarmed: alarms.length,
    outcomes: tally(
      fates.map(({ outcome, mitigatedAt }) => outcome ?? (mitigatedAt === null ? 'none' : 'under way')),
    ),
    byKind: Object.fromEntries(
      Object.entries(Object.groupBy(back, ({ subject }) => subject.kind)).map(([of, some]) => [
        of,
        {
          mitigated: some.length,
          lastSeconds: Math.max(...some.map((fate) => since(fate.mitigatedAt ?? 0))),
        },
      ]),
    ),
    reasons: tally(
      others.map(({ reason, subject }) => `${subject.kind}: ${reason ?? 'nothing was published'}`),
    ),
    buckets,
  };
}

function tally(words: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, one], [, other]) => other - one));
}

/** Returns the function that finds the deployment group of a deployment. */
function groupOf({ call }: Ground): (id: string) => string | null {
  return (deploymentId) => {
    const { deploymentInfo } = call<GetDeploymentOutput>('codedeploy', 'GetDeployment', { deploymentId });
    const { applicationName, deploymentGroupName } = deploymentInfo ?? {};
    return applicationName === undefined
      ? null
      : `codedeploy:${applicationName}/${deploymentGroupName ?? ''}`;
  };
}
