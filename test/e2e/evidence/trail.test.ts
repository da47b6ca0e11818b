import { lateTrail } from '../../../local/scenarios/evidence/trail.ts';
import { plays } from '../plays.ts';

plays('evidence: a late trail', lateTrail);
