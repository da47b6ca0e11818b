import { readinessLattice } from '../../../local/scenarios/readiness/lattice.ts';
import { plays } from '../plays.ts';

plays('readiness: lattice', readinessLattice);
