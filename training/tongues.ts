// Learns the Latin languages apart, and what is none of them: letters hit at random, and a few words of their neighbours.
import { found, LANGUAGE_COLUMNS, languageFeatures } from '../src/domain/classification/language.ts';
import { LATIN_LANGUAGES } from '../src/domain/classification/languages.ts';
import { blankPage, readInto } from '../src/domain/classification/normalise.ts';
import { blankTokens, tokensInto } from '../src/domain/classification/tokens.ts';
import { addTo, blankWeights, dice, shuffled, stepFrom, type Weights } from './learn.ts';
import type { Row } from './rows.ts';

export const TONGUE_BITS = 15;

export interface Tongues {
  readonly table: Weights;
  readonly bias: Float64Array;
}

const NEIGHBOURS = `il lo la gli le è era non io un una con per di del della molto ma anche che in più si mi grazie bene tutto niente sempre sono prodotto veloce
  ottimo arrivato servizio questo perché però ancora quando quello dopo prima ho ha hanno fatto stato buono bello pessimo spedizione qualità prezzo subito
  het een en is was niet ik met voor op van zeer maar ook wij we je dat dit heel erg goed bedankt snel geen meer altijd helaas kwaliteit prijs levering nog
  wel naar bij als zijn heb heeft worden veel mooi slecht klantenservice gewoon echt weer
  og det er ikke jeg en et med til for på meget men også vi du den der har god tak hurtig ingen mere altid desværre är inte och mycket bra snabb tack
  ja nie jest to na się z do bardzo dobrze dziękuję szybko ale też i w že je velmi dobrý ale děkuji bir ve çok iyi teşekkürler değil ama için`;

export function learnTongues(rows: readonly Row[]): Tongues {
  const table = blankWeights(1 << TONGUE_BITS, LANGUAGE_COLUMNS);
  const bias = new Float64Array(LANGUAGE_COLUMNS);
  const samples = [...sampled(rows), ...noise()];
  const page = blankPage();
  const tokens = blankTokens();
  const places = new Uint32Array(found.hashes.length);
  const odds = new Float64Array(LANGUAGE_COLUMNS);
  for (let pass = 0; pass < 3; pass++) {
    for (const i of shuffled(samples.length, 300 + pass)) {
      const { text, column } = samples[i]!;
      readInto(page, text);
      tokensInto(tokens, page);
      languageFeatures(page, tokens);
      for (let k = 0; k < found.count; k++) places[k] = found.hashes[k]! >>> (32 - TONGUE_BITS);
      const share = 1 / Math.sqrt(found.count || 1);
      odds.set(bias);
      addTo(odds, table, places, 0, found.count, share);
      const most = Math.max(...odds);
      let sum = 0;
      for (let c = 0; c < odds.length; c++) sum += odds[c] = Math.exp(odds[c]! - most);
      for (let c = 0; c < odds.length; c++) odds[c] = odds[c]! / sum - (c === column ? 1 : 0);
      stepFrom(odds, table, places, 0, found.count, share, 0.15, 1e-6);
    }
  }
  return { table, bias };
}

interface Sample {
  readonly text: string;
  readonly column: number;
}

const EACH = 9_000;

/** As many of each language; of some only their first words, so that short texts tell too. */
function sampled(rows: readonly Row[]): Sample[] {
  const samples: Sample[] = [];
  for (const [column, language] of LATIN_LANGUAGES.entries()) {
    const own = rows.filter((row) => row.language === language);
    const order = shuffled(own.length, 200 + column);
    for (let i = 0; i < Math.min(EACH, own.length); i++) {
      const { text } = own[order[i]!]!;
      samples.push({ text: i % 3 === 0 ? text.split(' ').slice(0, 3).join(' ') : text, column });
    }
  }
  return samples;
}

function noise(): Sample[] {
  const roll = dice(11);
  const words = NEIGHBOURS.split(/\s+/u);
  const column = LANGUAGE_COLUMNS - 1;
  return Array.from({ length: EACH }, (_, i) => {
    const size = 1 + Math.floor(roll() * 6);
    const one = () => {
      if (i % 3 !== 0) return words[Math.floor(roll() * words.length)]!;
      const length = 2 + Math.floor(roll() * 7);
      return Array.from({ length }, () => 'asdfghjklqwertyuiopzxcvbnm'[Math.floor(roll() * 26)]).join('');
    };
    return { text: Array.from({ length: size }, one).join(' '), column };
  });
}
