#include "processes.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static int contents(int pid, const char *file, char *into, int size) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", pid, file);
    FILE *open = fopen(path, "r");
    if (!open) return 0;
    size_t read = fread(into, 1, size - 1, open);
    fclose(open);
    into[read] = 0;
    return read > 0;
}

double cpu_seconds(const processes *which) {
    double sum = 0;
    for (int i = 0; i < which->count; i++) {
        char text[1024];
        unsigned long user, system;
        if (!contents(which->pids[i], "stat", text, sizeof text)) continue;
        char *after = strrchr(text, ')'); /* the name before it may hold anything */
        if (after && sscanf(after + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) == 2)
            sum += (user + system) / (double)sysconf(_SC_CLK_TCK);
    }
    return sum;
}

double resident_kib(const processes *which) {
    double sum = 0;
    for (int i = 0; i < which->count; i++) {
        char text[256];
        long size, resident;
        if (contents(which->pids[i], "statm", text, sizeof text) && sscanf(text, "%ld %ld", &size, &resident) == 2)
            sum += resident * (sysconf(_SC_PAGESIZE) / 1024.0);
    }
    return sum;
}

double own_cpu_seconds(void) {
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}
