import { lookoutRaces } from '../../../local/scenarios/lookout/races.ts';
import { plays } from '../plays.ts';

plays('lookout: modes and races', lookoutRaces);
