import { apigatewaySuperseded } from '../../../local/scenarios/apigateway/superseded.ts';
import { plays } from '../plays.ts';

plays('apigateway: superseded', apigatewaySuperseded);
