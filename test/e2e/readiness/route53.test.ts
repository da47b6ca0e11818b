import { readinessRoute53 } from '../../../local/scenarios/readiness/route53.ts';
import { plays } from '../plays.ts';

plays('readiness: route53', readinessRoute53);
