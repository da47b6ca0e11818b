import { ecsDuringRollback } from '../../../local/scenarios/ecs/during-rollback.ts';
import { plays } from '../plays.ts';

plays('ecs: changes during a rollback', ecsDuringRollback);
