import { codedeployInPlace } from '../../../local/scenarios/codedeploy/in-place.ts';
import { plays } from '../plays.ts';

plays('codedeploy: in-place', codedeployInPlace);
