import { lambdaSuperseded } from '../../../local/scenarios/lambda/superseded.ts';
import { plays } from '../plays.ts';

plays('lambda: superseded', lambdaSuperseded);
