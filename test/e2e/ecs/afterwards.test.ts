import { afterwards } from '../../../local/scenarios/ecs/afterwards.ts';
import { plays } from '../plays.ts';

plays('ecs: what people read after a way back', afterwards);
