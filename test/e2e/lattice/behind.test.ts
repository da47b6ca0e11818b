import { latticeBehind } from '../../../local/scenarios/lattice/behind.ts';
import { plays } from '../plays.ts';

plays('lattice: what is behind', latticeBehind);
