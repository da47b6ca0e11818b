import { apigatewayReleases } from '../../../local/scenarios/apigateway/releases.ts';
import { plays } from '../plays.ts';

plays('apigateway: releases', apigatewayReleases);
