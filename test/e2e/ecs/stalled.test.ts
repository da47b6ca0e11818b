import { stalled } from '../../../local/scenarios/ecs/stalled.ts';
import { plays } from '../plays.ts';

plays('ecs: stalled deployments', stalled);
