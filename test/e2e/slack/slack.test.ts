import { slackDesk } from '../../../local/scenarios/slack/desk.ts';
import { slackScenarios } from '../../../local/scenarios/slack/slack.ts';
import { plays } from '../plays.ts';

plays('people and Slack', slackScenarios);
plays('what people see in Slack', slackDesk);
