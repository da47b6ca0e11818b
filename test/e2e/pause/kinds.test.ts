import { pausedKinds } from '../../../local/scenarios/pause/kinds.ts';
import { plays } from '../plays.ts';

plays('pause: other kinds', pausedKinds);
