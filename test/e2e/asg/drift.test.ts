import { asgDrift } from '../../../local/scenarios/asg/drift.ts';
import { plays } from '../plays.ts';

plays('asg: drift', asgDrift);
