import { lambdaWeights } from '../../../local/scenarios/lambda/weights.ts';
import { plays } from '../plays.ts';

plays('lambda: weights set by hand', lambdaWeights);
