import type { ClueReader } from './clue.ts';
import { changedNothing } from './content.ts';
import { loadGrew } from './load.ts';
import {
  dependencyAlarms,
  dependencyDeployed,
  dependencyHurts,
  oneZoneHurts,
  othersHurt,
  readsSomethingChanged,
} from './others.ts';
import { isPassing, isWellAgain } from './present.ts';
import { alarmComesAndGoes, earlierReleasesHurtBriefly, hurtYesterday } from './repetition.ts';
import { bothSidesHurt, onlyTheNewSideHurts } from './sides.ts';
import { itsTasksFail, olderTasksFail, scaledIn } from './tasks.ts';
import { beganBeforeIt, beganWithIt, ranWellFirst } from './timing.ts';
import { grewBeforeToo, growsSinceThen } from './trend.ts';

/** All clues, and whether each speaks for the deployment being the cause, or against. */
export const CLUES = {
  beganWithIt: { speaks: 'for', read: beganWithIt },
  onlyTheNewSideHurts: { speaks: 'for', read: onlyTheNewSideHurts },
  itsTasksFail: { speaks: 'for', read: itsTasksFail },
  growsSinceThen: { speaks: 'for', read: growsSinceThen },
  beganBeforeIt: { speaks: 'against', read: beganBeforeIt },
  ranWellFirst: { speaks: 'against', read: ranWellFirst },
  changedNothing: { speaks: 'against', read: changedNothing },
  bothSidesHurt: { speaks: 'against', read: bothSidesHurt },
  olderTasksFail: { speaks: 'against', read: olderTasksFail },
  grewBeforeToo: { speaks: 'against', read: grewBeforeToo },
  loadGrew: { speaks: 'against', read: loadGrew },
  scaledIn: { speaks: 'against', read: scaledIn },
  hurtYesterday: { speaks: 'against', read: hurtYesterday },
  alarmComesAndGoes: { speaks: 'against', read: alarmComesAndGoes },
  earlierReleasesHurtBriefly: { speaks: 'against', read: earlierReleasesHurtBriefly },
  dependencyHurts: { speaks: 'against', read: dependencyHurts },
  dependencyAlarms: { speaks: 'against', read: dependencyAlarms },
  dependencyDeployed: { speaks: 'against', read: dependencyDeployed },
  othersHurt: { speaks: 'against', read: othersHurt },
  oneZoneHurts: { speaks: 'against', read: oneZoneHurts },
  readsSomethingChanged: { speaks: 'against', read: readsSomethingChanged },
  isWellAgain: { speaks: 'against', read: isWellAgain },
  isPassing: { speaks: 'against', read: isPassing },
} as const satisfies Record<string, { readonly speaks: 'for' | 'against'; readonly read: ClueReader }>;

export type ClueName = keyof typeof CLUES;
