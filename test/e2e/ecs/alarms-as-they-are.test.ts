import { alarmsAsTheyAre } from '../../../local/scenarios/ecs/alarms-as-they-are.ts';
import { plays } from '../plays.ts';

plays('ecs: alarms as people configure them', alarmsAsTheyAre);
