import { readinessElb } from '../../../local/scenarios/readiness/elb.ts';
import { plays } from '../plays.ts';

plays('readiness: elb', readinessElb);
