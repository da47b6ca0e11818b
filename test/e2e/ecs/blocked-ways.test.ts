import { blockedWays } from '../../../local/scenarios/ecs/blocked-ways.ts';
import { plays } from '../plays.ts';

plays('ecs: blocked ways back', blockedWays);
