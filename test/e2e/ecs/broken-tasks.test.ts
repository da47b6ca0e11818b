import { brokenTasks } from '../../../local/scenarios/ecs/broken-tasks.ts';
import { plays } from '../plays.ts';

plays('ecs: broken tasks', brokenTasks);
