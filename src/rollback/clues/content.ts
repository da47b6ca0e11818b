import { isRestart } from '../suspect.ts';
import { clue, type ClueReader } from './clue.ts';

/** A deployment of the revision that already ran brings nothing harmful. */
export const changedNothing: ClueReader = ({ suspect, older }) =>
  clue(
    isRestart(suspect, older) || suspect.changes?.length === 0 ? 1 : 0,
    `The deployment of ${suspect.revision.name} changed nothing: it was a restart.`,
  );
