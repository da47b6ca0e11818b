import { codeDeployments } from '../../../local/scenarios/ecs/code-deploy.ts';
import { plays } from '../plays.ts';

plays('ecs: deployed by CodeDeploy', codeDeployments);
