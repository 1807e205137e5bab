// Sums over a whole text: what the lexicon finds of praise and complaint, where it stands, and what marks and length add. Each sum is a feature by
// the step of a stair that it is on, once for all languages together and once for its own.
import { fold, mixed, SEED } from './hash.ts';
import type { Page } from './normalise.ts';
import type { Sheet } from './sheet.ts';

export interface Tally {
  good: number;
  bad: number;
  /** What a negation turned round: praise, complaint. */
  goodTurned: number;
  badTurned: number;
  goodAfter: number;
  badAfter: number;
  best: number;
  worst: number;
  negations: number;
  contrasts: number;
  pictures: number;
  cheer: number;
  gloom: number;
  clauseGood: number;
  clauseBad: number;
  /** Clauses that praise, that complain, and that do both. */
  praising: number;
  complaining: number;
  firstLean: number;
  lastLean: number;
  begin(): void;
  add(weight: number, negated: boolean, force: number, against: boolean): void;
  turnLast(against: boolean): void;
  picture(valence: number): void;
  closeClause(sheet: Sheet, clause: number): void;
  close(): void;
}

/** Not good is bad; not bad is only fair. */
const TURNED_GOOD = -0.8;
const TURNED_BAD = -0.5;

export function tallyOf(): Tally {
  let last = 0;
  let lastIsTurned = false;
  const apply = (tally: Tally, value: number, against: boolean) => {
    if (value > 0) {
      tally.good += value;
      tally.clauseGood += value;
      if (against) tally.goodAfter += value;
      if (value > tally.best) tally.best = value;
    } else {
      tally.bad -= value;
      tally.clauseBad -= value;
      if (against) tally.badAfter -= value;
      if (-value > tally.worst) tally.worst = -value;
    }
  };
  return {
    good: 0,
    bad: 0,
    goodTurned: 0,
    badTurned: 0,
    goodAfter: 0,
    badAfter: 0,
    best: 0,
    worst: 0,
    negations: 0,
    contrasts: 0,
    pictures: 0,
    cheer: 0,
    gloom: 0,
    clauseGood: 0,
    clauseBad: 0,
    praising: 0,
    complaining: 0,
    firstLean: 0,
    lastLean: 0,
    begin() {
      this.good = this.bad = this.goodTurned = this.badTurned = this.goodAfter = this.badAfter = 0;
      this.best = this.worst = this.negations = this.contrasts = this.pictures = this.cheer = this.gloom = 0;
      this.clauseGood =
        this.clauseBad =
        this.praising =
        this.complaining =
        this.firstLean =
        this.lastLean =
          0;
      last = 0;
    },
    add(weight, negated, force, against) {
      if (weight === 0) return;
      let value = weight * force;
      if (negated) {
        if (weight > 0) this.goodTurned++;
        else this.badTurned++;
        value = weight * (weight > 0 ? TURNED_GOOD : TURNED_BAD);
      }
      last = value;
      lastIsTurned = negated;
      apply(this, value, against);
    },
    turnLast(against) {
      if (last === 0 || lastIsTurned) return;
      lastIsTurned = true;
      if (last > 0) {
        this.good -= last;
        this.clauseGood = Math.max(0, this.clauseGood - last);
        if (against) this.goodAfter = Math.max(0, this.goodAfter - last);
        this.goodTurned++;
        apply(this, last * TURNED_GOOD, against);
      } else {
        this.bad += last;
        this.clauseBad = Math.max(0, this.clauseBad + last);
        if (against) this.badAfter = Math.max(0, this.badAfter + last);
        this.badTurned++;
        apply(this, last * TURNED_BAD, against);
      }
    },
    picture(valence) {
      this.pictures++;
      if (valence > 0) this.cheer++;
      else if (valence < 0) this.gloom++;
    },
    closeClause(sheet, clause) {
      const lean = this.clauseGood - this.clauseBad;
      sheet.good[clause] = this.clauseGood;
      sheet.bad[clause] = this.clauseBad;
      if (sheet.against[clause]) this.contrasts++;
      if (lean > 0.4) this.praising++;
      else if (lean < -0.4) this.complaining++;
      if (lean !== 0) {
        if (this.firstLean === 0) this.firstLean = lean;
        this.lastLean = lean;
      }
      this.clauseGood = this.clauseBad = 0;
      last = 0;
    },
    close() {
      this.good = Math.max(0, this.good);
      this.bad = Math.max(0, this.bad);
    },
  };
}

const STAIR = [0.01, 0.8, 1.6, 2.6, 4, 6.5, 10];

function step(value: number): number {
  let n = 0;
  while (n < STAIR.length && value >= STAIR[n]!) n++;
  return n;
}

function lean(value: number): number {
  return value >= 0 ? 8 + step(value) : 8 - step(-value);
}

export function signsInto(sheet: Sheet, page: Page, tally: Tally, language: number, words: number): void {
  let count = 0;
  const sign = (what: number, value: number) => {
    const hash = fold(fold(SEED, 0x2000 + what), value);
    sheet.signs[count++] = mixed(hash);
    sheet.signs[count++] = mixed(fold(hash, 0x3000 + language));
  };
  const size = words + (page.han + page.kana) / 2 + page.foreign / 4;
  const good = step(tally.good);
  const bad = step(tally.bad);
  const net = lean(tally.good - tally.bad);
  const length = Math.min(9, Math.floor(Math.log2(size + 1) * 1.5));
  sign(0, good * 8 + bad);
  sign(1, net);
  sign(2, lean(tally.lastLean) * 32 + lean(tally.firstLean));
  sign(3, lean(tally.goodAfter - tally.badAfter) * 32 + net);
  sign(4, Math.min(3, tally.praising) * 4 + Math.min(3, tally.complaining));
  sign(5, lean((8 * (tally.good - tally.bad)) / (size + 4)));
  sign(6, step(tally.best) * 8 + step(tally.worst));
  sign(7, Math.min(2, tally.goodTurned) * 3 + Math.min(2, tally.badTurned));
  sign(8, Math.min(3, tally.negations) * 32 + net);
  sign(9, length);
  sign(10, Math.min(2, page.exclamations) * 32 + net);
  sign(11, Math.min(2, page.questions) * 32 + net);
  sign(12, Math.min(2, page.dots));
  sign(13, Math.min(2, tally.cheer) * 9 + Math.min(2, tally.gloom) * 3 + Math.min(2, tally.pictures));
  sign(14, Math.min(2, tally.contrasts) * 32 + net);
  sign(15, Math.min(2, page.rows));
  sign(16, Math.min(2, page.mentions));
  sign(17, Math.min(2, page.numbers));
  sign(18, 0);
  sign(19, length * 32 + net);
  sheet.signCount = count;
}
