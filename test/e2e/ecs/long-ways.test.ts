import { longWays } from '../../../local/scenarios/ecs/long-ways.ts';
import { plays } from '../plays.ts';

plays('ecs: long ways', longWays);
