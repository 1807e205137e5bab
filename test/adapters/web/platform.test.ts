// The platform's contract on the web page, over real HTTP and the real store.
import { platformContract } from '../../contracts/platform.ts';
import { describeOnEachStore } from '../../support/database.ts';
import { webUnderTest } from './web-under-test.ts';

describeOnEachStore('the web page', (database) => {
  platformContract('the web page', () => webUnderTest(database()));
});
