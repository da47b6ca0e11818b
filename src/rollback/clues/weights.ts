import type { ClueName } from './all.ts';

/* Written by `npm run fit-weights -- FILE…`, which says how. */

/** The log odds before any clue. */
export const BASE = 1.06;

/** By how much each clue at full strength moves the log odds. The direction is its argument's (all.ts). */
export const WEIGHTS: Readonly<Record<ClueName, number>> = {
  beganWithIt: 0.96,
  onlyTheNewSideHurts: 2.11,
  itsTasksFail: 1.94,
  growsSinceThen: 0.91,
  beganBeforeIt: 3.06,
  ranWellFirst: 4.28,
  changedNothing: 1.93,
  bothSidesHurt: 3.87,
  olderTasksFail: 1.48,
  grewBeforeToo: 1.66,
  loadGrew: 3.46,
  scaledIn: 1.03,
  hurtYesterday: 0.82,
  alarmComesAndGoes: 3.04,
  earlierReleasesHurtBriefly: 2.22,
  dependencyHurts: 3.58,
  dependencyAlarms: 1,
  dependencyDeployed: 0.48,
  othersHurt: 1.88,
  oneZoneHurts: 2.06,
  readsSomethingChanged: 1.86,
  isWellAgain: 0.84,
  isPassing: 2.49,
};
