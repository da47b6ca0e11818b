import { balancerCauses } from '../../../local/scenarios/evidence/balancers.ts';
import { plays } from '../plays.ts';

plays('evidence: causes of balancers', balancerCauses);
