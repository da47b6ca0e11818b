import type { ClueName } from './all.ts';

/* Written by `npm run fit-weights -- FILE…`, which says how. */

/** The log odds before any clue. */
export const BASE = 0.42;

/** By how much each clue at full strength moves the log odds. The direction is its argument's (all.ts). */
export const WEIGHTS: Readonly<Record<ClueName, number>> = {
  beganWithIt: 2.17,
  onlyTheNewSideHurts: 1.89,
  itsTasksFail: 1.88,
  growsSinceThen: 1.12,
  beganBeforeIt: 2.9,
  ranWellFirst: 2.9,
  changedNothing: 1.47,
  bothSidesHurt: 4.04,
  olderTasksFail: 1.37,
  grewBeforeToo: 1.19,
  loadGrew: 3.64,
  scaledIn: 1.03,
  hurtYesterday: 0.4,
  alarmComesAndGoes: 1.35,
  earlierReleasesHurtBriefly: 1.96,
  dependencyHurts: 3.24,
  dependencyAlarms: 1,
  dependencyDeployed: 0.42,
  othersHurt: 1.99,
  oneZoneHurts: 2.22,
  readsSomethingChanged: 2.04,
  isWellAgain: 0.85,
  isPassing: 2.51,
};
