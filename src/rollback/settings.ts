import { InvalidTag } from './errors.ts';
import type { Tags } from './plan.ts';
import { mayHoldUser, problemOfUrl } from './url.ts';

/** The settings of a target, read from its AWS tags. */
export interface Settings {
  /** `lastgood`: auto acts, approve asks, observe only says what it would have done. none: not opted in, no write. */
  readonly mode: 'auto' | 'approve' | 'observe' | 'none';
  /** `lastgood:window`, minutes after the end of a deployment during which an alarm still accuses it. */
  readonly windowMinutes: number;
  /** `lastgood:soak`, minutes that a completed deployment must stay quiet before its revision is proven. */
  readonly soakMinutes: number;
  /** `lastgood:countdown`, minutes that a question waits for its answer. */
  readonly countdownMinutes: number;
  /** `lastgood:silence`, the meaning of silence after a question that `lastgood=approve` raised. */
  readonly onSilence: 'go' | 'stay';
  /** `lastgood:approvals`, how many people must agree to an operator's rollback, including that operator. */
  readonly approvals: 1 | 2;
  /**
   * `lastgood:cooldown`, minutes after a rollback during which Lastgood asks before the next one, unless operators
   * requested both.
   */
  readonly cooldownMinutes: number;
  /** `lastgood:proof`, minutes that every sign must stay healthy before the rollback counts as proven. */
  readonly proofMinutes: number;
  /** `lastgood:errors`, percent of requests that may fail with a 5xx while the target still counts as healthy. */
  readonly tolerated: number;
  /**
   * Names of more alarms that must be OK: those of `lastgood:alarms`, separated by spaces, and each value of a tag
   * `lastgood:alarm` or `lastgood:alarm:…`, whose name may have spaces.
   */
  readonly alarms: readonly string[];
  /**
   * `lastgood:needs`, the dependencies of the target, separated by spaces: targets, `alarm:NAME`,
   * `appconfig:APP/ENV/PROFILE`, `parameter:NAME`, `secret:NAME`. Absent: there is no such tag, and the dependencies
   * are unknown.
   */
  readonly needs?: readonly string[];
  /** `lastgood:probe`, URLs that must answer 2xx, separated by spaces. */
  readonly probes: readonly string[];
  /**
   * `lastgood:lookout`: act accuses a bad deployment before an alarm turns, observe only says what it would have done.
   * Absent: off.
   */
  readonly lookout: 'off' | 'observe' | 'act';
  /** `lastgood:gate`: the lookout answers where a deployment of ECS waits at a pause. Absent: it does not. */
  readonly gate: boolean;
  /** `lastgood:rehearse`: a rehearsal may go back for real, and forward again. Absent: it writes nothing. */
  readonly rehearse: boolean;
  /** `lastgood:prometheus`, names of parameters that each hold a Prometheus query and its threshold, separated by spaces. */
  readonly prometheus: readonly string[];
}

/** How long the cool-down is where no tag says otherwise. A person's No counts as long where there is none. */
export const COOLDOWN_MINUTES = 60;

/** The shortest soak that a target may ask for. */
export const MIN_SOAK_MINUTES = 1;

/**
 * Reads the settings; absent tags have their defaults.
 * @throws InvalidTag naming the tag whose value is out of its range
 */
export function readSettings(tags: Tags): Settings {
  refuseUsers(tags);
  return {
    mode: oneOf(tags, 'lastgood', ['auto', 'approve', 'observe', 'none'], 'none'),
    windowMinutes: minutes(tags, 'lastgood:window', 1, 240, 60),
    soakMinutes: minutes(tags, 'lastgood:soak', MIN_SOAK_MINUTES, 1440, 30),
    countdownMinutes: minutes(tags, 'lastgood:countdown', 1, 1440, 10),
    onSilence: oneOf(tags, 'lastgood:silence', ['go', 'stay'], 'stay'),
    approvals: oneOf(tags, 'lastgood:approvals', ['1', '2'], '1') === '2' ? 2 : 1,
    cooldownMinutes: minutes(tags, 'lastgood:cooldown', 0, 1440, COOLDOWN_MINUTES),
    proofMinutes: minutes(tags, 'lastgood:proof', 1, 60, 2),
    tolerated: wholeNumber(tags, 'lastgood:errors', 'percent', 0, 100, 5),
    alarms: alarmsNamedIn(tags),
    ...(tags['lastgood:needs'] !== undefined && { needs: kindsAndNames(tags, 'lastgood:needs') }),
    probes: urls(tags, 'lastgood:probe'),
    lookout: oneOf(tags, 'lastgood:lookout', ['off', 'observe', 'act'], 'off'),
    gate: oneOf(tags, 'lastgood:gate', ['on', 'off'], 'off') === 'on',
    rehearse: oneOf(tags, 'lastgood:rehearse', ['on', 'off'], 'off') === 'on',
    prometheus: names(tags, 'lastgood:prometheus'),
  };
}

/** Returns the alarms that the owner names as signs of health. */
export function alarmsNamedIn(tags: Tags): readonly string[] {
  return [...words(tags, 'lastgood:alarms'), ...wholes(tags, 'lastgood:alarm')];
}

/**
 * Refuses the user and password of a URL in every tag of Lastgood: plans, signs and messages repeat the tags.
 * @throws InvalidTag, which does not repeat the value
 */
export function refuseUsers(tags: Tags): void {
  for (const [tag, value] of Object.entries(tags))
    if (/^lastgood(:|$)/.test(tag) && mayHoldUser(value) && !holdsProbes(tags, tag))
      throw new InvalidTag(tag, 'a URL must have no user and no password');
}

/** Says whether each word of a tag is a URL that may be called. Then an `@` is a part of its path or its query. */
function holdsProbes(tags: Tags, tag: string): boolean {
  return tag === 'lastgood:probe' && words(tags, tag).every((word) => problemOfUrl(word) === null);
}

function oneOf<const T extends string>(tags: Tags, tag: string, allowed: readonly T[], otherwise: T): T {
  const value = tags[tag];
  if (value === undefined) return otherwise;
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined)
    throw new InvalidTag(tag, `${JSON.stringify(value)} must be one of ${allowed.join(', ')}`);
  return found;
}

function minutes(tags: Tags, tag: string, least: number, most: number, otherwise: number): number {
  return wholeNumber(tags, tag, 'minutes', least, most, otherwise);
}

function wholeNumber(
  tags: Tags,
  tag: string,
  unit: string,
  least: number,
  most: number,
  otherwise: number,
): number {
  const value = tags[tag];
  if (value === undefined) return otherwise;
  const read = /^\d{1,5}$/.test(value) ? Number(value) : NaN;
  if (!(read >= least && read <= most)) {
    throw new InvalidTag(
      tag,
      `${JSON.stringify(value)} must be a whole number of ${unit} from ${least} to ${most}`,
    );
  }
  return read;
}

function words(tags: Tags, tag: string): string[] {
  return (tags[tag] ?? '').split(/\s+/).filter((word) => word !== '');
}

/** Returns the values of a tag and of all tags below it, `lastgood:alarm:checkout`. */
function wholes(tags: Tags, tag: string): string[] {
  return Object.entries(tags)
    .filter(([key]) => key === tag || key.startsWith(`${tag}:`))
    .map(([, value]) => value.trim())
    .filter((value) => value !== '');
}

function kindsAndNames(tags: Tags, tag: string): string[] {
  return words(tags, tag).map((word) => {
    if (!/^[a-z][a-z0-9]*:./.test(word))
      throw new InvalidTag(tag, `${JSON.stringify(word)} must be a kind, a colon and a name`);
    return word;
  });
}

/** Reads URLs. An error does not quote them: what cannot be read may hold a password. */
function urls(tags: Tags, tag: string): string[] {
  return words(tags, tag).map((word, index) => {
    const problem = problemOfUrl(word);
    if (problem !== null) throw new InvalidTag(tag, `word ${index + 1} ${problem}`);
    return word;
  });
}

/**
 * Returns names of parameters, each the last part of a path:
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html
 */
function names(tags: Tags, tag: string): string[] {
  return words(tags, tag).map((word) => {
    if (!/^[\w.-]+$/.test(word))
      throw new InvalidTag(tag, `${JSON.stringify(word)} must be a name of letters, digits, _, . and -`);
    return word;
  });
}
