import { readinessCodeDeployService } from '../../../local/scenarios/readiness/code-deploy-service.ts';
import { readinessExternalService } from '../../../local/scenarios/readiness/external-service.ts';
import { plays } from '../plays.ts';

plays('readiness: ECS services that CodeDeploy deploys', readinessCodeDeployService);
plays('readiness: ECS services with task sets of a tool', readinessExternalService);
