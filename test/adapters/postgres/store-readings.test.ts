import { readingsContract } from '../../contracts/store/readings.ts';
import { describeOnEachStore } from '../../support/database.ts';
import { storeUnderTest } from './store-under-test.ts';

describeOnEachStore('The store', (database) => readingsContract(() => storeUnderTest(database())));
