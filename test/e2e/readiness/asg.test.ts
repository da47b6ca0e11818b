import { readinessAsg } from '../../../local/scenarios/readiness/asg.ts';
import { plays } from '../plays.ts';

plays('readiness: asg', readinessAsg);
