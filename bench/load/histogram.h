/* Latencies in microseconds, 64 steps to each power of two: percentiles are right within 1.6 %. */
#ifndef BENCH_HISTOGRAM_H
#define BENCH_HISTOGRAM_H
#include <stdint.h>

void histogram_clear(void);
void histogram_add(uint64_t microseconds);
double histogram_ms(double share); /* of what was added, so much took at most that long; -1 where nothing was added */
double histogram_max_ms(void);

#endif
