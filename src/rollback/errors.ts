/**
 * The errors of a rollback, by name. The name is an API: the state machine retries by it, Report chooses the outcome by
 * it, and the README lists it. Expected answers are members of a union and are never thrown.
 */
abstract class RollbackError extends Error {}

/** The request cannot be understood. Nothing was changed. `field` is the path of the wrong value. */
export class InvalidRequest extends RollbackError {
  override readonly name = 'InvalidRequest';
  readonly field: string;
  readonly problem: string;
  constructor(field: string, problem: string) {
    super(`${field}: ${problem}`);
    this.field = field;
    this.problem = problem;
  }
}

/** The document lacks a slice of an earlier state. `field` is the path of the missing or wrong value. */
export class InvalidDocument extends RollbackError {
  override readonly name = 'InvalidDocument';
  readonly field: string;
  constructor(field: string, problem: string) {
    super(`${field} ${problem}`);
    this.field = field;
  }
}

/** The document would outgrow the largest input of a state. Nothing is cut from a plan: it must be complete. */
export class DocumentTooLarge extends RollbackError {
  override readonly name = 'DocumentTooLarge';
}

/** A `lastgood:*` tag has a value out of its range. Nothing was changed. */
export class InvalidTag extends RollbackError {
  override readonly name = 'InvalidTag';
  readonly tag: string;
  constructor(tag: string, problem: string) {
    super(`tag ${tag}: ${problem}`);
    this.tag = tag;
  }
}

/** The target is gone, is going away, or is of a kind that no mechanism covers. Nothing was changed. */
export class UnsupportedTarget extends RollbackError {
  override readonly name = 'UnsupportedTarget';
}

/** Another rollback holds the target. Claim appended the trigger to the record of that rollback. */
export class TargetClaimed extends RollbackError {
  override readonly name = 'TargetClaimed';
}

/** Another trigger was recorded between the judgement and its question. It is judged before the question is asked. */
export class HeardMore extends RollbackError {
  override readonly name = 'HeardMore';
}

/** This execution lost its claim: it expired, and another execution took it. This execution must not write any more. */
export class ClaimLost extends RollbackError {
  override readonly name = 'ClaimLost';
}

/** A person has paused Lastgood. This execution waits, and must not write before they resume it. */
export class Paused extends RollbackError {
  override readonly name = 'Paused';
}

/** AWS throttled the call. The state machine retries with backoff and jitter. */
export class Throttled extends RollbackError {
  override readonly name = 'Throttled';
}

/** AWS did not answer, or answered with an internal error. The state machine retries. */
export class Unavailable extends RollbackError {
  override readonly name = 'Unavailable';
}

/**
 * The role may not make this call: the target has no tag of consent, or the permissions of the stack do not fit the
 * code.
 */
export class NotPermitted extends RollbackError {
  override readonly name = 'NotPermitted';
}

/**
 * Names of the errors that are answers: to a wrong request or tag, about a target that is not covered, to another
 * execution, and while Lastgood is paused. They say nothing about Lastgood itself.
 */
export const NAMES_OF_REFUSALS: readonly string[] = [
  'InvalidRequest',
  'InvalidTag',
  'UnsupportedTarget',
  'TargetClaimed',
  'HeardMore',
  'Paused',
];
