import { codeDeployments } from '../../../local/scenarios/ecs/code-deploy.ts';
import { plays } from '../plays.ts';

plays('ecs: services under CODE_DEPLOY', codeDeployments);
