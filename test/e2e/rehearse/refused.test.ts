import { rehearsalsRefused } from '../../../local/scenarios/rehearse/refused.ts';
import { plays } from '../plays.ts';

plays('rehearsals: refused', rehearsalsRefused);
