import { hurtingReleases } from '../../../local/scenarios/ecs/hurting-releases.ts';
import { plays } from '../plays.ts';

plays('ecs: hurting releases', hurtingReleases);
