import { ecsRequests } from '../../../local/scenarios/ecs/requests.ts';
import { plays } from '../plays.ts';

plays('ecs: requests', ecsRequests);
