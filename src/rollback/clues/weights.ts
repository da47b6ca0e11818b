import type { ClueName } from './all.ts';

/* Written by `npm run fit-weights -- FILE…`, which says how. */

/** The log odds before any clue. */
export const BASE = 0.99;

/** By how much each clue at full strength moves the log odds. The direction is its argument's (all.ts). */
export const WEIGHTS: Readonly<Record<ClueName, number>> = {
  beganWithIt: 1.06,
  onlyTheNewSideHurts: 2.12,
  itsTasksFail: 1.94,
  growsSinceThen: 0.96,
  beganBeforeIt: 3.07,
  ranWellFirst: 4.21,
  changedNothing: 1.92,
  bothSidesHurt: 3.88,
  olderTasksFail: 1.48,
  grewBeforeToo: 1.66,
  loadGrew: 3.49,
  scaledIn: 1.03,
  hurtYesterday: 0.7,
  alarmComesAndGoes: 3.02,
  earlierReleasesHurtBriefly: 2.23,
  dependencyHurts: 3.57,
  dependencyAlarms: 1,
  dependencyDeployed: 0.5,
  othersHurt: 1.86,
  oneZoneHurts: 2.29,
  readsSomethingChanged: 1.85,
  isWellAgain: 0.84,
  isPassing: 2.49,
};
