/* What other processes have used, as /proc tells it. */
#ifndef BENCH_PROCESSES_H
#define BENCH_PROCESSES_H

enum { MOST_PROCESSES = 64 };

typedef struct {
    int pids[MOST_PROCESSES];
    int count;
} processes;

double cpu_seconds(const processes *which); /* user and system, of all their threads, since they began */
double resident_kib(const processes *which);
double own_cpu_seconds(void);

#endif
