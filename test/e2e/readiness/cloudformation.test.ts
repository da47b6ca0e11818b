import { readinessCloudformation } from '../../../local/scenarios/readiness/cloudformation.ts';
import { plays } from '../plays.ts';

plays('readiness: cloudformation', readinessCloudformation);
