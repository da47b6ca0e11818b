import type * as z from 'zod/mini';
import { InvalidRequest } from '../rollback/errors.ts';
import type { Request } from '../rollback/request.ts';

/** What an event asks of us. `requests` may be empty: then `reason` says why nothing is started. */
export interface Accepted {
  readonly kind: 'alarm' | 'deployment' | 'request';
  readonly targets: readonly string[];
  readonly requests: readonly Request[];
  readonly reason: string;
  /** Words beside the targets that name none. What is right is started all the same. */
  readonly wrong?: readonly Rejected[];
}

/** The event is not for us. */
export interface Ignored {
  readonly kind: 'ignored';
  readonly reason: string;
}

/** The event is for us and cannot be read. `field` is the path of the wrong value in the event. */
export interface Rejected {
  readonly kind: 'rejected';
  readonly field: string;
  readonly problem: string;
}

export function ignored(reason: string): Ignored {
  return { kind: 'ignored', reason };
}

export function rejected(field: string, problem: string): Rejected {
  return { kind: 'rejected', field, problem };
}

/** Names the first value that does not fit its schema; `within` is where in the event that schema begins. */
export function misfit(error: z.core.$ZodError, ...within: readonly string[]): Rejected {
  const [issue] = error.issues;
  if (issue === undefined) return rejected(within.join('.'), 'is not valid');
  const [unknown = []] = issue.code === 'unrecognized_keys' ? [issue.keys.slice(0, 1)] : [];
  return rejected([...within, ...issue.path, ...unknown].join('.'), problemOf(issue));
}

/** In words of ours: without a locale, which would be bundled whole, zod says no more than "Invalid input". */
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
      return 'is not known here';
    default:
      return issue.message;
  }
}

/** The rejection as the error that sends the event to the dead-letter queue. */
export function asError({ field, problem }: Rejected): InvalidRequest {
  return new InvalidRequest(field, problem);
}

/** Everything in an answer that cannot be read. */
export function wrongIn(answer: Accepted | Ignored | Rejected): readonly Rejected[] {
  if (answer.kind === 'rejected') return [answer];
  return answer.kind === 'ignored' ? [] : (answer.wrong ?? []);
}
