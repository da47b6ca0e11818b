import * as z from 'zod/mini';
import { isBlank } from './blank.ts';
import { InvalidRequest } from './errors.ts';

/** An instant as ISO 8601 in UTC, `2026-11-22T03:00:00.000Z`. */
export type Instant = string;

/** The reason of a person who gave none. It is not shown beside other reasons. */
export const NO_REASON = 'no reason was given';

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
/** Text for people. It must not be blank. */
export const words = (max: number) =>
  text(max).check(z.refine((value) => !isBlank(value), 'must not be blank'));
const instant = z.iso.datetime({ offset: true });

const targets = z.array(text(1024)).check(z.maxLength(20));

/** The onset of the harm, where the event names it (onset.ts). */
const onset = z.object({ at: instant, until: instant, estimated: z.optional(z.literal(true)) });

/** A metric of CloudWatch in a meter's words (plan.ts). */
const meter = z.object({
  metric: z.enum(['requests', 'errors', 'latency', 'cpu', 'memory', 'healthyHosts']),
  namespace: text(255),
  name: text(255),
  stat: text(32),
  dimensions: z.record(z.string(), z.string()),
});

/** A CloudWatch alarm turned. `forged` says why an operator may have set it by hand (SetAlarmState). */
const alarmTrigger = z.object({
  type: z.literal('alarm'),
  id: text(512),
  at: instant,
  alarm: text(255),
  arn: z.optional(text(2048)),
  previously: z.optional(z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA'])),
  reason: z.optional(text(2048)),
  onset: z.optional(onset),
  forged: z.optional(text(512)),
  /** Id of the time series that turned, where the alarm watches many. */
  contributor: z.optional(text(1024)),
  /** Other targets of the same alarm, which does not show which of them hurts. */
  among: z.optional(targets),
  /** The tag `lastgood:target` of the alarm names the target. */
  isTagged: z.optional(z.literal(true)),
  /** The metrics of the alarm, as far as the event names them and a meter has a word for them. */
  meters: z.optional(z.array(meter).check(z.maxLength(20))),
});

/**
 * A deployment failed, as AWS reports, or is `stalled`: it cannot progress, and AWS keeps trying. `id` contains the id
 * of the deployment at AWS. Without `sign` it failed.
 */
const deploymentTrigger = z.object({
  type: z.literal('deployment'),
  sign: z.optional(z.enum(['failed', 'stalled'])),
  id: text(512),
  at: instant,
  deployment: text(512),
  reason: z.optional(text(2048)),
});

/** An operator or a tool sent the event `Rollback Requested`. */
const requestTrigger = z.object({
  type: z.literal('request'),
  id: text(512),
  at: instant,
  by: words(256),
  /**
   * A monitoring tool sent the alert without an operator. `at` is when the alert turned. It is judged like an alarm.
   */
  automatic: z.optional(z.literal(true)),
  onset: z.optional(onset),
  /** When the same alert fired within the last 26 hours, oldest first. Absent: unknown. */
  before: z.optional(z.array(instant).check(z.maxLength(50))),
  /** Other targets whose alerts began at about the same time, as far as the same message names them. */
  with: z.optional(targets),
  /**
   * Hash of the plan that the operator confirmed (src/approvals/plan-hash.ts). A different plan needs a new
   * confirmation.
   */
  plan: z.optional(text(64)),
  /** Names of the judge's rules whose objections were shown with that plan, and so are confirmed too. */
  confirmed: z.optional(z.array(text(64)).check(z.maxLength(64))),
});

/** A lookout saw that the newer side of a deployment hurts (src/lookout). */
const lookoutTrigger = z.object({
  type: z.literal('lookout'),
  id: text(512),
  at: instant,
  /** Id of the accused deployment, as plans name it. */
  deployment: text(512),
  /** Id of the accused revision. */
  revision: text(1024),
  /** The first moment of the harm that it saw. */
  since: instant,
  /** `control`: the older side was well at the same time. `persistence`: no other side could be compared. */
  by: z.enum(['control', 'persistence']),
  /** Sentences that say what it saw. */
  saw: z.array(text(1024)).check(z.maxLength(20)),
  /** The deployment waits at a pause, and the lookout cannot say whether it is good: a person decides. */
  doubt: z.optional(z.literal(true)),
});

/**
 * A person rehearses: back to the last known good, and forward again to the revision that ran. Each way is a rollback of
 * its own.
 */
const rehearsalTrigger = z.object({
  type: z.literal('rehearsal'),
  id: text(512),
  at: instant,
  by: words(256),
  way: z.enum(['back', 'forward']),
  /** ARN of the execution that went back. The way forward ends that rehearsal; the way back has none. */
  after: z.optional(text(2048)),
});

export const Trigger = z.discriminatedUnion('type', [
  alarmTrigger,
  deploymentTrigger,
  requestTrigger,
  lookoutTrigger,
  rehearsalTrigger,
]);
export type Trigger = z.infer<typeof Trigger>;
export type AlarmTrigger = z.infer<typeof alarmTrigger>;
export type LookoutTrigger = z.infer<typeof lookoutTrigger>;
export type RehearsalTrigger = z.infer<typeof rehearsalTrigger>;

/**
 * The start of a rollback. `trigger` is absent when an operator starts the state machine by hand with only a target and
 * a reason. `revision`: go back to this one instead of the last known good (AWS's own id of a revision).
 */
export const Request = z.object({
  target: text(1024),
  reason: words(2048),
  revision: z.optional(text(1024)),
  trigger: z.optional(Trigger),
});
export type Request = z.infer<typeof Request>;

/** A trigger that Claim refused. The record of the rollback that holds the target keeps it. */
export type Heard = Request & {
  /** Start of the refused execution. The age of its alarm is counted from here. */
  readonly heardAt?: Instant;
};

/**
 * Reads a request from outside.
 * @throws InvalidRequest naming the first wrong field, such as `request.trigger.at`
 */
export function readRequest(input: unknown): Request {
  const read = Request.safeParse(input);
  if (read.success) return read.data;
  const first = read.error.issues.slice(0, 1);
  const field = fieldOf(['request', ...first.flatMap(({ path }) => path)]);
  throw new InvalidRequest(field, first.map(({ message }) => message).join(''));
}

/**
 * Returns the path of a wrong value, as `request.trigger.at`. The keys of a document are its sender's words, and the
 * outcome quotes the path to people: a key that is no name of a field becomes `…`.
 */
export function fieldOf(path: readonly PropertyKey[]): string {
  return path
    .map(String)
    .map((key) => (/^\w{1,32}$/.test(key) ? key : '…'))
    .join('.');
}

/** Says whether an alarm, an alert, a lookout or a failed deployment started the rollback, and not an operator. */
export function isAutomatic({ trigger }: Request): boolean {
  if (trigger === undefined || trigger.type === 'rehearsal') return false;
  return trigger.type !== 'request' || trigger.automatic === true;
}

/** Returns the trigger of a rehearsal, or null. */
export function rehearsalOf(request: Request | undefined): RehearsalTrigger | null {
  return request?.trigger?.type === 'rehearsal' ? request.trigger : null;
}
