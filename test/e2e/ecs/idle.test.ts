import { idle } from '../../../local/scenarios/ecs/idle.ts';
import { plays } from '../plays.ts';

plays('ecs: released while idle', idle);
