import { isolationOfPartsContract } from '../../contracts/store/isolation-parts.ts';
import { describeOnEachStore } from '../../support/database.ts';
import { storeUnderTest } from './store-under-test.ts';

describeOnEachStore('The store', (database) => {
  isolationOfPartsContract(() => storeUnderTest(database()));
});
