import { mailboxContract } from '../../contracts/store/mailbox.ts';
import { describeOnEachStore } from '../../support/database.ts';
import { storeUnderTest } from './store-under-test.ts';

describeOnEachStore('The store', (database) => {
  mailboxContract(() => storeUnderTest(database()));
});
