import { lostClaims } from '../../../local/scenarios/ecs/lost-claims.ts';
import { plays } from '../plays.ts';

plays('ecs: lost claims', lostClaims);
