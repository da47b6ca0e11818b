import type { Plant } from '../plant.ts';

const JUDGE = 'src/rollback/judge.ts';

/** Takes one rule out of the judge's list. */
function without(rule: string, is: string, repeats?: string): Plant {
  return {
    name: `judge-without-${rule}`,
    is,
    ...(repeats !== undefined && { repeats }),
    ...{ file: JUDGE, from: `\n  ${rule},\n`, to: '\n', kinds: ['ecs'] },
  };
}

/** Rules that the judge forgot. */
export const judgement: readonly Plant[] = [
  without('isOptedIn', 'a target that its owner did not opt in is written to'),
  without('isFresh', 'an alarm of long ago is taken for one of now'),
  without('isGenuine', 'an alarm that an operator set by hand is believed'),
  without('isNear', 'a deployment of days ago is accused'),
  without('wasOkBefore', 'an alarm that was red before the deployment accuses it', 'METR hawk 1429'),
  without('isToBlame', 'a deployment is accused without the evidence of the clues'),
  without('stillHurts', 'harm that is over is acted on'),
  without('needsNothingRed', 'a broken dependency is taken for the fault of the deployment'),
  without('isAboutWhatRuns', 'an alarm about what no longer runs is acted on', 'AWS us-east-1, October 2025'),
  without('isNotUndone', "a person's way back or fix is undone", 'Knight Capital 2012'),
  without('isNoRollback', 'a rollback is rolled back', 'Argo Rollouts 3078'),
  without('isFirstForRevision', 'one bad revision is rolled back again and again'),
  without('isCool', 'the next rollback does not wait for the cool-down', 'Cloudflare, November 2025'),
  without('isNotFrozen', 'a frozen target is moved', 'Azure Front Door, October 2025'),
  without('leadsToGood', 'Lastgood goes back to what is not known to be good', 'ECS containers-roadmap 328'),
  without('isAccused', 'a lookout is believed about another deployment'),
];
