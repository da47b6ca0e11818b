import { waitingQuestions } from '../../../local/scenarios/ecs/questions.ts';
import { plays } from '../plays.ts';

plays('ecs: questions that wait', waitingQuestions);
