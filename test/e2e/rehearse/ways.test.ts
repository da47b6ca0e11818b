import { rehearsalWays } from '../../../local/scenarios/rehearse/ways.ts';
import { plays } from '../plays.ts';

plays('rehearsals: both ways', rehearsalWays);
