import { rehearsalsLeft } from '../../../local/scenarios/rehearse/forward.ts';
import { plays } from '../plays.ts';

plays('rehearsals: the way forward cannot begin', rehearsalsLeft);
