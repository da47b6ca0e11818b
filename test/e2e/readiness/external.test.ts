import { readinessExternal } from '../../../local/scenarios/readiness/external.ts';
import { plays } from '../plays.ts';

plays('readiness: targets of other systems', readinessExternal);
