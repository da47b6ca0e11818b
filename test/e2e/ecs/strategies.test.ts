import { strategies } from '../../../local/scenarios/ecs/strategies.ts';
import { plays } from '../plays.ts';

plays('ecs: strategies', strategies);
