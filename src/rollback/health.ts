import { alarmWait, withAlarmWait, type AlarmWait } from './alarm-memory.ts';
import { wordsOfHarm, type Harm } from './harm.ts';
import type { Instant } from './request.ts';
import { shorten } from './shorten.ts';
import { isAfter, secondsBetween } from './time.ts';
import { VERIFY_POLL_SECONDS } from './poll-intervals.ts';

/** One sign of health, read once. `unknown` never counts as healthy; `neutral` counts for neither. */
export interface Sign {
  /** The source: `target group checkout-blue`, `alarm checkout-5xx`, `probe https://…`. */
  readonly of: string;
  readonly state: 'healthy' | 'unhealthy' | 'unknown' | 'neutral';
  readonly says: string;
  /** A red alarm may count datapoints from before the way back settled until then. Absent: it does not, or not known. */
  readonly countsUntil?: Instant;
}

/** A sign as its source read it. `silence`: an alarm on a count, which has no data while there is nothing to count. */
export interface ReadSign extends Sign {
  readonly shows?: 'targets' | 'errors' | 'silence';
}

/**
 * Added by Verify: one poll.
 * - proven: every sign has been healthy at every poll since `healthySince`, for long enough.
 * - pending: not yet; poll again.
 * - unproven: the time to prove health is over. The way back may have worked, but no proof exists.
 */
export type Health =
  | {
      readonly state: 'proven';
      readonly at: Instant;
      readonly healthySince: Instant;
      readonly signs: readonly Sign[];
    }
  | {
      readonly state: 'pending';
      readonly at: Instant;
      /** Start of the unbroken run of healthy polls that includes this one. Absent: this poll was not healthy. */
      readonly healthySince?: Instant;
      readonly verifyBy: Instant;
      readonly pollAgainInSeconds: number;
      readonly signs: readonly Sign[];
      /** ARNs of the load balancers of watched target groups, by the groups' ARNs: read once, for all polls. */
      readonly balancers?: Readonly<Record<string, string>>;
      /** Absent: Verify waits for no alarm beyond its usual time. */
      readonly waits?: AlarmWait;
    }
  | {
      readonly state: 'unproven';
      readonly at: Instant;
      readonly signs: readonly Sign[];
      readonly reason: string;
      /** The harm before the way back, and since. Absent: unknown. */
      readonly harm?: Harm;
    };

/** The document of a rollback is limited to 256 KiB, and a deployment may have hundreds of alarms. */
const MAX_SIGNS = 40;
const MAX_REASONS = 10;
const MAX_CHARACTERS = 300;

/** The input of the proof of health besides the signs. */
export interface ProofTerms {
  readonly now: Instant;
  /** How long every sign must have been healthy at every poll, in seconds. */
  readonly proofSeconds: number;
  /** After this instant the first poll that is not healthy is the last one. */
  readonly verifyBy: Instant;
  /**
   * Since when the way back has been settled without a break. Health before that is not the health of the revision that
   * runs now.
   */
  readonly settledSince: Instant;
  /** A red alarm ends the proof at once: none was red when a rehearsal went back. */
  readonly isRehearsal?: boolean;
}

/**
 * Makes silence neutral where targets and the share of errors are known and healthy. Otherwise it stays unknown: users
 * may be without service, and then there is nothing to count either.
 */
export function weighSilence(signs: readonly ReadSign[]): readonly Sign[] {
  const isServed = (['targets', 'errors'] as const).every((what) => {
    const of = signs.filter(({ shows }) => shows === what);
    return of.length > 0 && of.every(({ state }) => state === 'healthy');
  });
  return signs.map(({ shows, ...sign }) =>
    shows === 'silence' && isServed
      ? { ...sign, state: 'neutral', says: `${sign.says}, which is normal while all is well` }
      : sign,
  );
}

/**
 * Evaluates one poll after the previous one. The poll is healthy if at least one sign is healthy, and the others are
 * healthy or neutral. A healthy run that is in progress at `verifyBy` may finish. So the last poll comes at most
 * `proofSeconds` and one pause later.
 */
export function proveHealth(signs: readonly Sign[], previous: Health | undefined, terms: ProofTerms): Health {
  const isHealthy = signs.some(({ state }) => state === 'healthy') && signs.every(isGood);
  const shown = shownOf(signs);
  return isHealthy ? afterHealthyPoll(shown, previous, terms) : afterOtherPoll(shown, previous, terms);
}

/** Returns the signs that the document keeps, those that are not good first, and a last one that counts the others. */
function shownOf(signs: readonly Sign[]): readonly Sign[] {
  const short = signs.map((sign) => ({ ...sign, says: shorten(sign.says, MAX_CHARACTERS) }));
  if (short.length <= MAX_SIGNS) return short;
  const others = short.length - MAX_SIGNS;
  const kept = short.toSorted((one, other) => Number(isGood(one)) - Number(isGood(other)));
  const rest = { of: `${others} more signs`, state: 'neutral', says: 'left out of the report' } as const;
  return [...kept.slice(0, MAX_SIGNS), rest];
}

function isGood({ state }: Sign): boolean {
  return state === 'healthy' || state === 'neutral';
}

function afterHealthyPoll(signs: readonly Sign[], previous: Health | undefined, terms: ProofTerms): Health {
  const { now, proofSeconds, verifyBy } = terms;
  const healthySince = startOfRun(previous, terms);
  const toGo = proofSeconds - secondsBetween(healthySince, now);
  if (toGo <= 0) return { state: 'proven', at: now, healthySince, signs };
  const pollAgainInSeconds = Math.min(VERIFY_POLL_SECONDS, Math.ceil(toGo));
  const waits = alarmWait([], waitIn(previous), terms);
  return {
    ...{ state: 'pending', at: now, healthySince, verifyBy, pollAgainInSeconds, signs },
    ...(waits !== undefined && { waits }),
  };
}

function waitIn(previous: Health | undefined): AlarmWait | undefined {
  return previous?.state === 'pending' ? previous.waits : undefined;
}

function startOfRun(previous: Health | undefined, { now, settledSince }: ProofTerms): Instant {
  const before = previous?.state === 'pending' ? previous.healthySince : undefined;
  return before === undefined || isAfter(settledSince, before) ? now : before;
}

function afterOtherPoll(signs: readonly Sign[], previous: Health | undefined, terms: ProofTerms): Health {
  const { now, isRehearsal } = terms;
  const unproven = { state: 'unproven', at: now, signs } as const;
  if (isRehearsal === true && signs.some(isRedAlarm))
    return { ...unproven, reason: `at ${now} ${notHealthy(signs)}.` };
  if (signs.length === 0) return { ...unproven, reason: 'there is no sign to read.' };
  const bad = signs.filter((sign) => !isGood(sign));
  const waits = alarmWait(bad, waitIn(previous), terms);
  const verifyBy = withAlarmWait(bad, waits, terms);
  if (!isAfter(verifyBy, now)) return { ...unproven, reason: `at ${now} ${notHealthy(signs)}.` };
  const pollAgainInSeconds = VERIFY_POLL_SECONDS;
  return {
    ...{ state: 'pending', at: now, verifyBy, pollAgainInSeconds, signs },
    ...(waits !== undefined && { waits }),
  };
}

/** The words of a sign for an alarm that does not exist. */
export const NOT_FOUND = 'was not found';

/** Returns the names of the alarms that do not exist. */
export function missingAlarms({ signs }: Pick<Health, 'signs'>): readonly string[] {
  return signs.flatMap(({ of, says }) =>
    of.startsWith(ALARM) && says === NOT_FOUND ? [of.slice(ALARM.length)] : [],
  );
}

const ALARM = 'alarm ';

function isRedAlarm({ of, state }: Sign): boolean {
  return of.startsWith(ALARM) && state === 'unhealthy';
}

/**
 * Adds what became of the harm to a proof that failed. A proof that goes on ends where users are clearly worse off than
 * before: a person must look at once.
 */
export function afterHarm(health: Health, harm: Harm): Health {
  if (health.state === 'unproven')
    return { ...health, harm, reason: `${health.reason} ${wordsOfHarm(harm)}` };
  if (health.state === 'proven' || harm.is !== 'worse') return health;
  const { at, signs } = health;
  return { state: 'unproven', at, signs, harm, reason: `Verify did not wait longer. ${wordsOfHarm(harm)}` };
}

/** Says whether harm that was measured did not become less by going back. False: it did, or that is unknown. */
export function hasNotHelped(health: Health | undefined): boolean {
  return health?.state === 'unproven' && health.harm !== undefined && health.harm.is !== 'less';
}

function notHealthy(signs: readonly Sign[]): string {
  const others = signs.filter((sign) => !isGood(sign));
  const named = others.slice(0, MAX_REASONS).map(({ of, state, says }) => `${of} was ${state} (${says})`);
  const more = others.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more were not healthy`] : [])].join('; ');
}
