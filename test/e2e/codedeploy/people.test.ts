import { codedeployPeople } from '../../../local/scenarios/codedeploy/people.ts';
import { plays } from '../plays.ts';

plays('codedeploy: people', codedeployPeople);
