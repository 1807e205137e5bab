// The platform's contract on Discord: by the gateway alone and with interactions over HTTP, against the strict fake, on the real store.
import { platformContract } from '../../contracts/platform.ts';
import { describeOnEachStore } from '../../support/database.ts';
import { discordUnderTest } from './discord-under-test.ts';

describeOnEachStore('Discord', (database) => {
  platformContract('Discord by the gateway', () => discordUnderTest(database(), 'gateway'));
  platformContract('Discord over HTTP', () => discordUnderTest(database(), 'http'));
});
