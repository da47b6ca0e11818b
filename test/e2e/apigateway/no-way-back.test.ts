import { apigatewayNoWayBack } from '../../../local/scenarios/apigateway/no-way-back.ts';
import { plays } from '../plays.ts';

plays('apigateway: no way back', apigatewayNoWayBack);
