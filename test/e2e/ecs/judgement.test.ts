import { judgement } from '../../../local/scenarios/ecs/judgement.ts';
import { plays } from '../plays.ts';

plays('ecs: judgement', judgement);
