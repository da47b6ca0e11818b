import { codedeployShifts } from '../../../local/scenarios/codedeploy/shifts.ts';
import { plays } from '../plays.ts';

plays('codedeploy: shifts', codedeployShifts);
