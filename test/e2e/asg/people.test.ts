import { asgPeople } from '../../../local/scenarios/asg/people.ts';
import { plays } from '../plays.ts';

plays('asg: people', asgPeople);
