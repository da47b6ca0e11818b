import { pausedByPeople } from '../../../local/scenarios/pause/people.ts';
import { plays } from '../plays.ts';

plays('pause: by people', pausedByPeople);
