import { lambdaNoWayBack } from '../../../local/scenarios/lambda/no-way-back.ts';
import { plays } from '../plays.ts';

plays('lambda: no way back', lambdaNoWayBack);
