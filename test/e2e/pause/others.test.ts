import { pausedOthers } from '../../../local/scenarios/pause/others.ts';
import { plays } from '../plays.ts';

plays('pause: storms and lookouts', pausedOthers);
