import type { Rollback } from './document.ts';
import { asRecord, parseJson } from './json.ts';
import { shorten } from './shorten.ts';

/** An error that the state machine caught, as name and message. */
export interface CaughtError {
  readonly name: string;
  readonly says: string;
}

/** The cause has up to 32,768 characters. Its beginning says what is wrong. */
const MAX_CHARACTERS = 1000;

/**
 * Reads the error that a Catch left in the document. The cause of a Lambda's error is JSON with `errorMessage`. The
 * cause of an error of Step Functions itself is plain text, empty or absent: a timeout has no words.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export function readCaughtError({ Error: name, Cause = '' }: NonNullable<Rollback['error']>): CaughtError {
  const says = (messageIn(Cause) ?? Cause).trim();
  return { name, says: says === '' ? wordsFor(name) : shorten(says, MAX_CHARACTERS) };
}

function messageIn(cause: string): string | undefined {
  const read = asRecord(parseJson(cause));
  return read !== null && 'errorMessage' in read ? String(read['errorMessage']) : undefined;
}

function wordsFor(name: string): string {
  return name === 'States.Timeout' ? 'there was no answer in time' : 'no message';
}
