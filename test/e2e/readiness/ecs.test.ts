import { readinessEcs } from '../../../local/scenarios/readiness/ecs.ts';
import { plays } from '../plays.ts';

plays('readiness: ECS services', readinessEcs);
