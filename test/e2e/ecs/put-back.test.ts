import { putBackStories } from '../../../local/scenarios/ecs/put-back.ts';
import { plays } from '../plays.ts';

plays('ecs: put back before the alarm', putBackStories);
