import { latticeSuperseded } from '../../../local/scenarios/lattice/superseded.ts';
import { plays } from '../plays.ts';

plays('lattice: superseded', latticeSuperseded);
