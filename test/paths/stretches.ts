/** Stretches of the path through the states, from which the tests write whole paths. */
export const toStop = 'Claim Claimed Plan Judge Verdict Stop';
export const toRevert = `${toStop} Revert Reverted`;
export const gathering = 'Gather Evidence FirstWait Publish';
/** States between another rung and its first poll. */
export const announcing = 'Announce PublishRung RungWait';
/** States between a look that was not sure and the next one. */
export const judgingAgain = 'LookAgain LookAgainWait PublishLook';
/** No answer came, and silence means stay. */
export const unanswered = 'Unanswered Listen Listened';
/** Lastgood looks once more before the end. */
export const reviewed = 'Reread Review';
export const pending = 'Settle Settled SettleWait';
/** As `pending`, where an event of AWS may end the wait. */
export const awaiting = 'Settle Settled AwaitEnd';
export const unsettled = 'Settle Settled';
export const polling = 'Settle Settled Verify Healthy VerifyWait';
export const lastPoll = 'Settle Settled Verify Healthy';
/** Two minutes of proof, with a poll every minute. */
export const proving = [polling, polling, lastPoll].join(' ');

export const rolledBack = 'Report Outcome RolledBack';
export const skipped = 'Report Outcome Skipped';
export const failedClean = 'Report Outcome FailedClean';
export const failedDirty = 'Report Outcome FailedDirty';

/** Returns the states of these stretches in order. */
export function path(...stretches: readonly string[]): readonly string[] {
  return stretches.join(' ').split(' ');
}
