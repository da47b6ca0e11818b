import { latticeDuringRollback } from '../../../local/scenarios/lattice/during-rollback.ts';
import { plays } from '../plays.ts';

plays('lattice: during a rollback', latticeDuringRollback);
