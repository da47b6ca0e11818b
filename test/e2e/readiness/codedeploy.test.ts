import { readinessCodedeploy } from '../../../local/scenarios/readiness/codedeploy.ts';
import { plays } from '../plays.ts';

plays('readiness: codedeploy', readinessCodedeploy);
