import { readinessApigateway } from '../../../local/scenarios/readiness/apigateway.ts';
import { plays } from '../plays.ts';

plays('readiness: stages of API Gateway', readinessApigateway);
