import { slackPictures } from '../../../local/scenarios/slack/pictures.ts';
import { plays } from '../plays.ts';

plays('the graph in Slack', slackPictures);
