import { externalTaskSets } from '../../../local/scenarios/ecs/external.ts';
import { plays } from '../plays.ts';

plays('ecs: task sets of an external controller', externalTaskSets);
