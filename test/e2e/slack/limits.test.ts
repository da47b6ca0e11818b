import { slackLimits } from '../../../local/scenarios/slack/limits.ts';
import { plays } from '../plays.ts';

plays("Slack's rate limits", slackLimits);
