import { resetRules } from '../../../local/scenarios/ecs/reset-rules.ts';
import { plays } from '../plays.ts';

plays('ecs: weights that were reset', resetRules);
