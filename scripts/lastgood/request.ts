import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { isBlank } from '../../src/rollback/blank.ts';
import type { Instant, Request } from '../../src/rollback/request.ts';
import { WrongUse } from '../command-line/status.ts';
import { readTargetArgument } from './target.ts';
import type { Given } from './verb.ts';

/** The request of a user: a rollback, or the plan of one. */
export interface Wish {
  readonly target: string;
  readonly reason: string;
  /** Absent: the last known good. */
  readonly revision?: string;
  /** Hash of the plan that was shown before. */
  readonly plan?: string;
}

/** The option of both verbs. */
export const TO = ['--to <revision>', "AWS's id of the revision; without it the last known good"] as const;

/** The limits of a request (src/rollback/request.ts). */
const MAX_REASON_CHARACTERS = 2048;
const MAX_REVISION_CHARACTERS = 1024;

/**
 * Reads TARGET, --to, --because and --plan.
 * @param otherwise the reason where none is given. Null: one must be
 * @throws WrongUse
 */
export function readWish(
  { args: [target], options: { to, because, plan } }: Pick<Given, 'args' | 'options'>,
  otherwise: string | null,
): Wish {
  const read = readTargetArgument(target);
  const reason = readReason(because ?? otherwise ?? undefined);
  if (typeof to === 'string' && (isBlank(to) || to.length > MAX_REVISION_CHARACTERS))
    throw new WrongUse(`--to must have 1 to ${MAX_REVISION_CHARACTERS} characters`);
  if (typeof plan === 'string' && !/^[0-9a-f]{64}$/.test(plan))
    throw new WrongUse('--plan must be the planHash that plan --json shows');
  return {
    target: read,
    reason,
    ...(typeof to === 'string' && { revision: to }),
    ...(typeof plan === 'string' && { plan }),
  };
}

/**
 * Reads --because.
 * @throws WrongUse
 */
export function readReason(because: string | boolean | undefined): string {
  if (typeof because !== 'string' || isBlank(because)) throw new WrongUse('--because must say why');
  if (because.length > MAX_REASON_CHARACTERS)
    throw new WrongUse(`--because must have at most ${MAX_REASON_CHARACTERS} characters`);
  return because;
}

/** Builds the request. Its id is new: the same command twice asks twice. */
export function requestOf({ target, reason, revision, plan }: Wish, at: Instant): Request {
  const trigger = { type: 'request', id: `cli:${randomUUID()}`, at, by: asker() } as const;
  return {
    target,
    reason,
    trigger: plan === undefined ? trigger : { ...trigger, plan },
    ...(revision !== undefined && { revision }),
  };
}

/** Returns the user of this machine. CloudTrail has the AWS identity; a container may have no user. */
export function asker(): string {
  try {
    return `cli:${userInfo().username}`;
  } catch {
    return 'cli';
  }
}
