import { isRead } from '@lastgood/embedded-aws/world/service.ts';
import type { AwsService } from '@lastgood/embedded-aws/world/service.ts';
import { clock, courseOf, type Entered, type Rollback, type Write } from '../course.ts';
import { faultsBetween } from '../mishaps.ts';
import { byRollback } from '../writes.ts';
import type { Night } from '../night.ts';
import type { Invariant } from './invariant.ts';

const MINUTE_MS = 60_000;
/** Design 3: at most five transitions a minute while it waits, from the second minute on. */
const MOST_A_MINUTE = 5;
/** Waiting is counted over so many minutes: a poll begins in one minute and ends in the next. */
const COUNTED_MINUTES = 5;
/** An execution has 25,000 events at most, and a state takes about three. Four hours of a pause take 750 states. */
const MOST_STATES = 2_000;
/** Design 8: two reads of a bucket, and those of `local/storm/floor.ts` where no way back can do with fewer. */
const MOST_READS = 4;
const LOOKS_WITHIN_MS = 10_000;
/**
 * Of services whose reads all take of one bucket. CodeDeploy: the group, its deployments and the revisions of the newest
 * ones. AppConfig: application, environment, profile, versions, tags, and each of the newest deployments. CloudFormation:
 * the stack, its events, its resources and its template. Route 53: the records, the tags and a health check with its
 * status, by Plan and again before the write. CodePipeline: the pipeline, its state, its executions, those that a stage
 * succeeded in, their actions and its tags, and state and executions again before the write. Lambda: the alias, a version
 * and the function's reserved concurrency, and the alias again before the write. ECS with task sets of another tool:
 * target groups, listeners, rules and tags of the production and the test route, and the rules and the health of the
 * targets again before the write.
 */
const MOST_OF_ONE_BUCKET: Readonly<Record<string, number>> = {
  'codedeploy read': 8,
  'appconfig read': 10,
  'cloudformation read': 6,
  'codepipeline read': 8,
  'ecs/EXTERNAL elasticloadbalancing/read': 6,
  'lambda control plane': 5,
  route53: 8,
};
/** States that read of a target, of any machine. */
const READING = new Set(['Plan', 'Reread', 'Sides', 'Look', 'Ready']);
/** States of the loops in which a rollback waits. */
const LOOPS = new Set([
  ...['Settle', 'Settled', 'SettleWait', 'AwaitEnd', 'Verify', 'Healthy', 'VerifyWait'],
  ...['Pause', 'Paused', 'PauseWait'],
]);
/** States in which it waits for the way back to settle. */
const UNSETTLED = new Set(['SettleWait', 'AwaitEnd']);

/** Rules of what Lastgood takes of AWS's quotas. */
export const budgets: readonly Invariant[] = [
  {
    name: 'waits-are-cheap',
    because: 'ecspresso issue 403 and empire issue 946: throttled by its own polling; design 3',
    broken: (night) => {
      const waiting = courseOf(night)
        .rollbacks.flatMap(waitsOf)
        .filter(({ length }) => length > 0);
      return waiting.length === 0 ? null : waiting.flatMap(tooBusy);
    },
  },
  {
    name: 'states-are-few',
    because: 'facts P4: the history of an execution ends at 25,000 events, and with it the rollback',
    broken: (night) => {
      const { rollbacks } = courseOf(night);
      const broken = rollbacks
        .filter(({ entered }) => entered.length > MOST_STATES)
        .map(({ execution, entered }) => `${execution.name} entered ${entered.length} states`);
      return rollbacks.length === 0 ? null : broken;
    },
  },
  {
    name: 'reads-before-the-write-are-few',
    because:
      'facts P4, storm floor: each read of a bucket before the first write costs every other rollback its turn',
    broken: (night) => {
      // A fault makes states run again, and a pause lasts as long as people let it.
      const ways = byRollback(courseOf(night)).filter(({ rollback, writes: [first] }) =>
        isUndisturbed(night, rollback, first.at),
      );
      const bucketOf = bucketsOf(night);
      const broken = ways.flatMap(({ rollback, writes: [first] }) =>
        [...readsBefore(night, rollback, first, bucketOf)]
          .filter(([bucket, { reads, rounds }]) => reads > mostOf(night, bucket) * rounds)
          .map(
            ([bucket, { reads, rounds }]) =>
              `${clock(first.at)} ${reads} reads of ${bucket} for ${rounds} looks`,
          ),
      );
      return ways.length === 0 ? null : broken;
    },
  },
];

function isUndisturbed(night: Night, { execution, entered }: Rollback, until: number): boolean {
  const waits = entered.some(({ name, at }) => name === 'PauseWait' && at <= until);
  return !waits && faultsBetween(night, Date.parse(execution.startedAt), until).length === 0;
}

/**
 * Returns the states that a rollback entered in each of its waits, from the second minute on: the first looks after a
 * write come soon after each other. So do those after a group grew in the proof, and has to settle anew.
 */
function waitsOf({ entered }: Rollback): readonly (readonly Entered[])[] {
  const stretches: Entered[][] = [[]];
  let isInProof = false;
  for (const one of entered) {
    const isAnew = isInProof && UNSETTLED.has(one.name);
    if (one.name === 'Revert' || isAnew) stretches.push([]);
    if (one.name === 'Revert' || isAnew || one.name === 'Verify') isInProof = one.name === 'Verify';
    if (LOOPS.has(one.name)) stretches.at(-1)?.push(one);
  }
  return stretches.map(([first, ...others]) =>
    first === undefined ? [] : others.filter(({ at }) => at >= first.at + MINUTE_MS),
  );
}

function tooBusy(waits: readonly Entered[]): readonly string[] {
  const most = MOST_A_MINUTE * (COUNTED_MINUTES + 1);
  const busy = waits.find(
    ({ at }, place) => (waits[place + most]?.at ?? Infinity) - at < COUNTED_MINUTES * MINUTE_MS,
  );
  return busy === undefined
    ? []
    : [`${clock(busy.at)} more than ${most} transitions in ${COUNTED_MINUTES} minutes of waiting`];
}

function mostOf({ ground: { kind, controller } }: Night, bucket: string): number {
  return MOST_OF_ONE_BUCKET[`${kind}/${controller} ${bucket}`] ?? MOST_OF_ONE_BUCKET[bucket] ?? MOST_READS;
}

type BucketOf = (service: string, operation: string) => string | null;

function bucketsOf({ stage }: Night): BucketOf {
  const known = new Map<string, string>();
  for (const service of Object.values(stage.services) as readonly AwsService[])
    for (const [name, { bucket }] of Object.entries(service.operations))
      if (bucket !== undefined) known.set(`${service.signingName} ${name}`, bucket.name);
  return (service, operation) => known.get(`${service} ${operation}`) ?? null;
}

/** Counts the reads of each bucket by mechanisms and guard until the first write, and the looks that made them. */
function readsBefore(
  { stage: { runtime } }: Night,
  { execution }: Rollback,
  { at }: Write,
  bucketOf: BucketOf,
) {
  // A lookout that began a moment before reads as well.
  const since = Date.parse(execution.startedAt) - LOOKS_WITHIN_MS;
  const isThen = (instant: string) => Date.parse(instant) >= since && Date.parse(instant) <= at;
  const states = runtime.executions().flatMap((one) => one.states.filter((state) => isThen(state.at)));
  const rungs = states.filter(({ name }) => name === 'Revert').length;
  // A rung that could not start has read as well.
  const rounds = states.filter(({ name }) => READING.has(name)).length + Math.max(0, rungs - 1);
  const found = new Map<string, { reads: number; readonly rounds: number }>();
  for (const { service, operation, role, at: then, error } of runtime.wire.calls) {
    if (error !== undefined || !isRead(operation) || !isThen(then) || !/-(guard|mechanism-)/.test(role))
      continue;
    const bucket = bucketOf(service, operation);
    if (bucket === null) continue;
    const counted = found.get(bucket) ?? { reads: 0, rounds: Math.max(1, rounds) };
    counted.reads++;
    found.set(bucket, counted);
  }
  return found;
}
