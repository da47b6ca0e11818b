import { movedImages } from '../../../local/scenarios/ecs/moved-images.ts';
import { plays } from '../plays.ts';

plays('ecs: images whose names moved', movedImages);
