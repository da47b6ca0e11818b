import { pausedWrites } from '../../../local/scenarios/pause/writes.ts';
import { plays } from '../plays.ts';

plays('pause: between writes', pausedWrites);
