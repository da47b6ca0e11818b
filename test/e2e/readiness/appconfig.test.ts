import { readinessAppconfig } from '../../../local/scenarios/readiness/appconfig.ts';
import { plays } from '../plays.ts';

plays('readiness: appconfig', readinessAppconfig);
