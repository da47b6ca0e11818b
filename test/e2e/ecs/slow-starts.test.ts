import { slowStarts } from '../../../local/scenarios/ecs/slow-starts.ts';
import { plays } from '../plays.ts';

plays('ecs: slow starts without a fault', slowStarts);
