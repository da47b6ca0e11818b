import { reportScenarios } from '../../../local/scenarios/report/report.ts';
import { plays } from '../plays.ts';

plays('the report page', reportScenarios);
