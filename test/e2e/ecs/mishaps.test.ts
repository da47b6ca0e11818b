import { mishaps } from '../../../local/scenarios/ecs/mishaps.ts';
import { plays } from '../plays.ts';

plays('ecs: mishaps', mishaps);
