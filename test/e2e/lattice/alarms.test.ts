import { latticeAlarms } from '../../../local/scenarios/lattice/alarms.ts';
import { plays } from '../plays.ts';

plays('lattice: alarms', latticeAlarms);
