import { rehearsalTroubles } from '../../../local/scenarios/rehearse/troubles.ts';
import { plays } from '../plays.ts';

plays('rehearsals: troubles', rehearsalTroubles);
