import { pauses } from '../../../local/scenarios/pause/pauses.ts';
import { plays } from '../plays.ts';

plays('pause: before and between steps', pauses);
