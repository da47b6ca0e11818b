import { causes } from '../../../local/scenarios/evidence/causes.ts';
import { plays } from '../plays.ts';

plays('evidence: causes', causes);
