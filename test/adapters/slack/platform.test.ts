// The platform's contract on Slack: over HTTP and in Socket Mode, against the strict fake, on the real store.
import { platformContract } from '../../contracts/platform.ts';
import { describeOnEachStore } from '../../support/database.ts';
import { slackUnderTest } from './slack-under-test.ts';

describeOnEachStore('Slack', (database) => {
  platformContract('Slack over HTTP', () => slackUnderTest(database(), 'http'));
  platformContract('Slack in Socket Mode', () => slackUnderTest(database(), 'socket'));
});
