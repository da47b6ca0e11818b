import type * as z from 'zod/mini';
import { InvalidRequest } from '../rollback/errors.ts';
import type { Request } from '../rollback/request.ts';

/** An event that Lastgood handles. If `requests` is empty, `reason` says why it starts nothing. */
export interface Accepted {
  readonly kind: 'alarm' | 'deployment' | 'request';
  readonly targets: readonly string[];
  readonly requests: readonly Request[];
  readonly reason: string;
  /** Words that name no target. Lastgood still starts the requests for the valid ones. */
  readonly wrong?: readonly Rejected[];
}

/** An event that Lastgood does not handle. */
export interface Ignored {
  readonly kind: 'ignored';
  readonly reason: string;
}

/** An event that Lastgood should handle and cannot read. `field` is the path of the wrong value in the event. */
export interface Rejected {
  readonly kind: 'rejected';
  readonly field: string;
  readonly problem: string;
  /** The event is as it should be, and does not say which target it means. It is published, and never retried or kept. */
  readonly isUnclear?: true;
}

export function ignored(reason: string): Ignored {
  return { kind: 'ignored', reason };
}

export function rejected(field: string, problem: string): Rejected {
  return { kind: 'rejected', field, problem };
}

/** Names the first value that breaks its schema. `within` is the path at which the schema begins in the event. */
export function misfit(error: z.core.$ZodError, ...within: readonly string[]): Rejected {
  const [issue] = error.issues;
  if (issue === undefined) return rejected(within.join('.'), 'is not valid');
  const [unknown = []] = issue.code === 'unrecognized_keys' ? [issue.keys.slice(0, 1)] : [];
  return rejected([...within, ...issue.path, ...unknown].join('.'), problemOf(issue));
}

/** Describes an issue. Without a locale, which would be bundled whole, zod only says "Invalid input". */
function problemOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${issue.expected === 'object' ? 'an object' : `a ${issue.expected}`}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `must have at least ${Number(issue.minimum)} characters`;
    case 'too_big':
      return `must have at most ${Number(issue.maximum)} characters`;
    case 'unrecognized_keys':
      return 'is not a known field';
    default:
      return issue.message;
  }
}

/** Returns a rejection as the error that sends the event to the dead-letter queue. */
export function asError({ field, problem }: Rejected): InvalidRequest {
  return new InvalidRequest(field, problem);
}

/** Returns all rejections in an answer. */
export function wrongIn(answer: Accepted | Ignored | Rejected): readonly Rejected[] {
  if (answer.kind === 'rejected') return [answer];
  return answer.kind === 'ignored' ? [] : (answer.wrong ?? []);
}
