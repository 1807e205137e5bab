import { pageJourney } from './page-journey.ts';

pageJourney('en');
