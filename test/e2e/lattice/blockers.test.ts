import { latticeBlockers } from '../../../local/scenarios/lattice/blockers.ts';
import { plays } from '../plays.ts';

plays('lattice: blockers', latticeBlockers);
