import { functionCauses } from '../../../local/scenarios/evidence/functions.ts';
import { plays } from '../plays.ts';

plays('evidence: causes of functions', functionCauses);
