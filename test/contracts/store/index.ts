// What every store must do within transactions. An adapter's test calls `storeContract` once for each database that it runs on.
import { dailyCapContract } from './daily-cap.ts';
import { digestsContract } from './digests.ts';
import { followUpsContract } from './follow-ups.ts';
import { historyContract } from './history.ts';
import { interactionsContract } from './interactions.ts';
import { isolationContract } from './isolation.ts';
import { joinedPeopleContract } from './joined-people.ts';
import { noticesContract } from './notices.ts';
import { peopleContract } from './people.ts';
import { promptsContract } from './prompts.ts';
import { responsesContract } from './responses.ts';
import { transactionsContract } from './transactions.ts';
import { workContract } from './work.ts';
import { workLedgerContract } from './work-ledger.ts';
import type { StoreUnderTest } from './world.ts';

export function storeContract(test: () => StoreUnderTest): void {
  transactionsContract(test);
  peopleContract(test);
  joinedPeopleContract(test);
  historyContract(test);
  interactionsContract(test);
  promptsContract(test);
  dailyCapContract(test);
  responsesContract(test);
  followUpsContract(test);
  digestsContract(test);
  noticesContract(test);
  workContract(test);
  workLedgerContract(test);
  isolationContract(test);
}
