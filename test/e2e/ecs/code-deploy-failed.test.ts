import { failedDeployments } from '../../../local/scenarios/ecs/code-deploy-failed.ts';
import { plays } from '../plays.ts';

plays('ecs: deployments that CodeDeploy fails', failedDeployments);
