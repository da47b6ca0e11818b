/** Stretches of the way through the states, to write whole paths with. */
export const toStop = 'Claim Plan Judge Verdict Stop';
export const toRevert = `${toStop} Revert Reverted`;
export const gathering = 'Gather Evidence FirstWait Publish';
/** What lies between another rung and the first look at it. */
export const announcing = 'Announce PublishRung RungWait';
/** What lies between a look that was not sure and the next one. */
export const judgingAgain = 'LookAgain LookAgainWait PublishLook';
/** Nobody answered, and silence means stay. */
export const unanswered = 'Unanswered Listen Listened';
export const pending = 'Settle Settled SettleWait';
export const unsettled = 'Settle Settled';
export const polling = 'Settle Settled Verify Healthy VerifyWait';
export const lastPoll = 'Settle Settled Verify Healthy';
/** Two minutes of proof at half a minute a look. */
export const proving = [polling, polling, polling, polling, lastPoll].join(' ');

export const rolledBack = 'Report Outcome RolledBack';
export const skipped = 'Report Outcome Skipped';
export const failedClean = 'Report Outcome FailedClean';
export const failedDirty = 'Report Outcome FailedDirty';

/** The states of these stretches, one after the other. */
export function path(...stretches: readonly string[]): readonly string[] {
  return stretches.join(' ').split(' ');
}
