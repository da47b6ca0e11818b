import { codedeployMissed } from '../../../local/scenarios/codedeploy/missed.ts';
import { plays } from '../plays.ts';

plays('codedeploy: deployments that missed instances', codedeployMissed);
