import { codeDeployPutBack } from '../../../local/scenarios/ecs/code-deploy-put-back.ts';
import { plays } from '../plays.ts';

plays('ecs: put back by CodeDeploy before the alarm', codeDeployPutBack);
