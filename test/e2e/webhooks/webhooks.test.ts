import { webhookScenarios } from '../../../local/scenarios/webhooks/webhooks.ts';
import { plays } from '../plays.ts';

plays('webhooks', webhookScenarios);
