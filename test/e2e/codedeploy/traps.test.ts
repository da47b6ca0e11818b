import { codedeployTraps } from '../../../local/scenarios/codedeploy/traps.ts';
import { plays } from '../plays.ts';

plays('codedeploy: traps', codedeployTraps);
