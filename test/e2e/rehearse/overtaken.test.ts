import { rehearsalsOvertaken } from '../../../local/scenarios/rehearse/overtaken.ts';
import { plays } from '../plays.ts';

plays('rehearsals: overtaken', rehearsalsOvertaken);
