import { reportsContract } from '../../contracts/store/reports.ts';
import { voicesContract } from '../../contracts/store/voices.ts';
import { describeOnEachStore } from '../../support/database.ts';
import { storeUnderTest } from './store-under-test.ts';

describeOnEachStore('The store', (database) => {
  reportsContract(() => storeUnderTest(database()));
  voicesContract(() => storeUnderTest(database()));
});
