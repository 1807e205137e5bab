import { pageJourney } from './page-journey.ts';

pageJourney('zh-CN');
