import { readinessBlueGreen } from '../../../local/scenarios/readiness/blue-green.ts';
import { readinessEcs } from '../../../local/scenarios/readiness/ecs.ts';
import { plays } from '../plays.ts';

plays('readiness: ECS services', readinessEcs);
plays('readiness: ECS services between two target groups', readinessBlueGreen);
