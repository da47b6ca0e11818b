import { readinessLambda } from '../../../local/scenarios/readiness/lambda.ts';
import { plays } from '../plays.ts';

plays('readiness: aliases of Lambda', readinessLambda);
