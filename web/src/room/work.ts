/** The work that a newcomer's page does while many come at once: docs/protocol.md, "Work". In slices, so that the page stays alive. */

import type { Answer, Refusal } from "./types";

export interface Work {
  salt: string;
  difficulty: number;
  puzzles: number;
  expires: number;
}

interface Done {
  salt: string;
  numbers: number[];
}

const TRIES = 3; // a line that breaks meanwhile costs the work anew
const SLICE_MS = 12;
const AT_A_TIME = 64;

/** Joins again with what the refusal asked for. */
export async function worked<T>(refused: Refusal, join: (work: Done) => Promise<Answer<T>>): Promise<Answer<T>> {
  let answer: Answer<T> = refused;
  for (let tried = 0; !answer.ok && answer.work && tried < TRIES; tried += 1) answer = await join(await solve(answer.work));
  return answer;
}

async function solve({ salt, difficulty, puzzles }: Work): Promise<Done> {
  const numbers: number[] = [];
  let until = performance.now() + SLICE_MS;
  for (let puzzle = 0; puzzle < puzzles; puzzle += 1) {
    const begins = `${salt}.${puzzle}.`;
    for (let number = 0; ; number += 1) {
      if (firstWord(begins + number) >>> (32 - difficulty) === 0) {
        numbers.push(number);
        break;
      }
      if (number % AT_A_TIME === 0 && performance.now() > until) {
        await new Promise((next) => setTimeout(next));
        until = performance.now() + SLICE_MS;
      }
    }
  }
  return { salt, numbers };
}

/** The constants of FIPS 180-4, as it makes them: parts of the roots of the first primes. */
const K = new Int32Array(64);
const H = new Int32Array(8);
for (let candidate = 2, found = 0; found < 64; candidate += 1) {
  let prime = true;
  for (let factor = 2; factor * factor <= candidate; factor += 1) if (candidate % factor === 0) prime = false;
  if (!prime) continue;
  if (found < 8) H[found] = fraction(Math.sqrt(candidate));
  K[found] = fraction(Math.cbrt(candidate));
  found += 1;
}

function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32) | 0;
}

const W = new Int32Array(64);

/** The first 32 bits of the SHA-256 of at most 55 ASCII characters, which are one block. */
function firstWord(text: string): number {
  W.fill(0, 0, 16);
  for (let at = 0; at < text.length; at += 1) W[at >> 2] = at_(W, at >> 2) | (text.charCodeAt(at) << (24 - (at % 4) * 8));
  W[text.length >> 2] = at_(W, text.length >> 2) | (0x80 << (24 - (text.length % 4) * 8));
  W[15] = text.length * 8;
  for (let n = 16; n < 64; n += 1) {
    const [x, y] = [at_(W, n - 15), at_(W, n - 2)];
    const small = rotated(x, 7) ^ rotated(x, 18) ^ (x >>> 3);
    const large = rotated(y, 17) ^ rotated(y, 19) ^ (y >>> 10);
    W[n] = (at_(W, n - 16) + small + at_(W, n - 7) + large) | 0;
  }
  let [a, b, c, d, e, f, g, h] = H as unknown as [number, number, number, number, number, number, number, number];
  for (let n = 0; n < 64; n += 1) {
    const first = (h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + ((e & f) ^ (~e & g)) + at_(K, n) + at_(W, n)) | 0;
    const second = ((rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  return (a + at_(H, 0)) >>> 0;
}

function at_(words: Int32Array, index: number): number {
  return words[index] as number;
}

function rotated(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}
