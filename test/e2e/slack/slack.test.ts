import { slackScenarios } from '../../../local/scenarios/slack/slack.ts';
import { plays } from '../plays.ts';

plays('people and Slack', slackScenarios);
