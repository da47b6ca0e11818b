import { codedeployBundles } from '../../../local/scenarios/codedeploy/bundles.ts';
import { plays } from '../plays.ts';

plays('codedeploy: bundles', codedeployBundles);
