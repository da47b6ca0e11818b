/**
 * The surprises of a rollback, by name. The name is an API: the state machine retries by it, Report judges by it, and
 * the README lists it. Expected answers are members of a union instead and are never thrown.
 */
abstract class RollbackError extends Error {}

/** What we were asked cannot be understood. Nothing was changed. `field` is the path of the wrong value. */
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

/** The document lacks what an earlier state should have left. `field` is the path of the missing or wrong value. */
export class InvalidDocument extends RollbackError {
  override readonly name = 'InvalidDocument';
  readonly field: string;
  constructor(field: string, problem: string) {
    super(`${field} ${problem}`);
    this.field = field;
  }
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

/** The target is not there, is going away, or is of a sort that no mechanism of ours covers. Nothing was changed. */
export class UnsupportedTarget extends RollbackError {
  override readonly name = 'UnsupportedTarget';
}

/** Another rollback holds the target. The trigger was appended to that rollback's record. */
export class TargetClaimed extends RollbackError {
  override readonly name = 'TargetClaimed';
}

/** Another trigger was recorded between the judgement and its question. Nothing was asked: it is judged first. */
export class HeardMore extends RollbackError {
  override readonly name = 'HeardMore';
}

/** We no longer hold the target (the claim expired and another execution took it): no further write is ours to make. */
export class ClaimLost extends RollbackError {
  override readonly name = 'ClaimLost';
}

/** AWS turned the call away for its rate. Retried with backoff and jitter by the state machine. */
export class Throttled extends RollbackError {
  override readonly name = 'Throttled';
}

/** AWS did not answer, or answered with an internal error. Retried by the state machine. */
export class Unavailable extends RollbackError {
  override readonly name = 'Unavailable';
}

/** The role may not do this: the target is not opted in by tag, or the stack's permissions are not what the code needs. */
export class NotPermitted extends RollbackError {
  override readonly name = 'NotPermitted';
}
