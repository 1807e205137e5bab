import { retentionContract } from '../../contracts/store/retention.ts';
import { describeOnEachStore } from '../../support/database.ts';
import { storeUnderTest } from './store-under-test.ts';

describeOnEachStore('The store', (database) => {
  retentionContract(() => storeUnderTest(database()));
});
