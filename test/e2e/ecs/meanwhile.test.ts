import { meanwhile } from '../../../local/scenarios/ecs/meanwhile.ts';
import { plays } from '../plays.ts';

plays('ecs: meanwhile', meanwhile);
