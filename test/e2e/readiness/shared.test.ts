import { readinessShared } from '../../../local/scenarios/readiness/shared.ts';
import { plays } from '../plays.ts';

plays('readiness: every kind', readinessShared);
