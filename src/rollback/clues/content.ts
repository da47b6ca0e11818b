import { isRestart } from '../suspect.ts';
import { clue, type ClueReader } from './clue.ts';

/** What deploys again what ran already brings nothing that could hurt. */
export const changedNothing: ClueReader = ({ suspect, older }) =>
  clue(
    isRestart(suspect, older) || suspect.changes?.length === 0 ? 1 : 0,
    `The deployment of ${suspect.revision.name} changed nothing: it was a restart.`,
  );
