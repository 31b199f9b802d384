#include "histogram.h"

#include <string.h>

enum { STEPS = 64, SIZE = STEPS * STEPS };

static uint64_t counts[SIZE];
static uint64_t total;
static uint64_t longest;

void histogram_clear(void) {
    memset(counts, 0, sizeof counts);
    total = longest = 0;
}

void histogram_add(uint64_t microseconds) {
    uint64_t at = microseconds;
    if (microseconds >= STEPS) {
        int power = 63 - __builtin_clzll(microseconds);
        at = (uint64_t)(power - 5) * STEPS + ((microseconds >> (power - 6)) & (STEPS - 1));
    }
    counts[at < SIZE ? at : SIZE - 1]++;
    total++;
    if (microseconds > longest) longest = microseconds;
}

double histogram_ms(double share) {
    uint64_t wanted = (uint64_t)(total * share), seen = 0;
    if (!total) return -1;
    for (int i = 0; i < SIZE; i++) {
        seen += counts[i];
        if (seen <= wanted) continue;
        if (i < STEPS) return i / 1000.0;
        int power = i / STEPS + 5;
        return ((1ull << power) + ((uint64_t)(i % STEPS) << (power - 6))) / 1000.0;
    }
    return histogram_max_ms();
}

double histogram_max_ms(void) { return total ? longest / 1000.0 : -1; }
