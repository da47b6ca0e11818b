import { appconfigPeople } from '../../../local/scenarios/appconfig/people.ts';
import { plays } from '../plays.ts';

plays('appconfig: people', appconfigPeople);
