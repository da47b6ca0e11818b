import type { Rollback } from './document.ts';

/** An error that the state machine caught, as name and message. */
export interface CaughtError {
  readonly name: string;
  readonly says: string;
}

/**
 * Reads the error that a Catch left in the document. The cause of a Lambda's error is JSON with `errorMessage`. The
 * cause of an error of Step Functions itself is plain text or absent.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export function readCaughtError({ Error: name, Cause }: NonNullable<Rollback['error']>): CaughtError {
  return { name, says: messageIn(Cause) ?? Cause ?? 'no message' };
}

function messageIn(cause: string | undefined): string | undefined {
  try {
    const read: unknown = JSON.parse(cause ?? '');
    const isObject = typeof read === 'object' && read !== null;
    return isObject && 'errorMessage' in read ? String(read.errorMessage) : undefined;
  } catch {
    return undefined;
  }
}
