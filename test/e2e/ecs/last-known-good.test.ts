import { lastKnownGood } from '../../../local/scenarios/ecs/last-known-good.ts';
import { plays } from '../plays.ts';

plays('ecs: last known good', lastKnownGood);
