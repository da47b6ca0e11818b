import { codedeployBlueGreen } from '../../../local/scenarios/codedeploy/blue-green.ts';
import { plays } from '../plays.ts';

plays('codedeploy: blue-green', codedeployBlueGreen);
