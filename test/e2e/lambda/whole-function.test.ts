import { lambdaWholeFunction } from '../../../local/scenarios/lambda/whole-function.ts';
import { plays } from '../plays.ts';

plays('lambda: alarms on a whole function', lambdaWholeFunction);
