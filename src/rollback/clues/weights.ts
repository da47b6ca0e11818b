import type { ClueName } from './all.ts';

/* Written by `npm run fit-weights -- FILE…`, which says how. */

/** The log odds before any clue. */
export const BASE = 0.98;

/** By how much each clue at full strength moves the log odds. The direction is its argument's (all.ts). */
export const WEIGHTS: Readonly<Record<ClueName, number>> = {
  beganWithIt: 1.09,
  onlyTheNewSideHurts: 2.11,
  itsTasksFail: 1.94,
  growsSinceThen: 0.97,
  beganBeforeIt: 3.11,
  ranWellFirst: 4.2,
  changedNothing: 1.92,
  bothSidesHurt: 3.88,
  olderTasksFail: 1.47,
  grewBeforeToo: 1.19,
  loadGrew: 3.5,
  scaledIn: 1.03,
  hurtYesterday: 0.71,
  alarmComesAndGoes: 3.01,
  earlierReleasesHurtBriefly: 2.25,
  dependencyHurts: 3.57,
  dependencyAlarms: 1,
  dependencyDeployed: 0.5,
  othersHurt: 1.86,
  oneZoneHurts: 2.29,
  readsSomethingChanged: 1.86,
  isWellAgain: 0.86,
  isPassing: 2.48,
};
