import { instanceCauses } from '../../../local/scenarios/evidence/instances.ts';
import { plays } from '../plays.ts';

plays('evidence: causes of instances', instanceCauses);
