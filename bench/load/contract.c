#define _GNU_SOURCE
#include "contract.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A text begins with when it was sent: T=<16 hex digits>, and a space. */
enum { STAMP = 19 };

static bool ours;
static char *text;
static unsigned long messages;

void contract_begin(bool chatserver, int text_bytes) {
    static const char filling[] = "one day at a time, as well as it goes; ";
    ours = chatserver;
    text = malloc(text_bytes + 1);
    for (int i = 0; i < text_bytes; i++) text[i] = filling[i % (sizeof filling - 1)];
    text[text_bytes] = 0;
}

bool contract_acknowledges(void) { return ours; }

size_t connect_packet(char *into) { return sprintf(into, "40"); }

size_t join_packet(char *into, int room) {
    return sprintf(into, ours ? "421[\"join\",{\"room\":\"r%d\"}]" : "421[\"join\",\"r%d\"]", room);
}

size_t send_packet(char *into, int room, uint64_t now) {
    char stamp[STAMP + 1];
    snprintf(stamp, sizeof stamp, "T=%016llx ", (unsigned long long)now);
    memcpy(text, stamp, STAMP);
    if (ours) return sprintf(into, "427[\"send\",{\"id\":\"m%lx\",\"text\":\"%s\"}]", ++messages, text);
    return sprintf(into, "42[\"msg\",{\"room\":\"r%d\",\"text\":\"%s\"}]", room, text);
}

static uint64_t hex(const char *digits, int count) {
    uint64_t value = 0;
    for (int i = 0; i < count; i++) value = value << 4 | (digits[i] <= '9' ? digits[i] - '0' : (digits[i] | 32) - 'a' + 10);
    return value;
}

static bool accepted(const char *answer, size_t length) { return !ours || memmem(answer, length, "\"ok\":true", 9); }

packet understand(const char *from, size_t length) {
    packet found = {.what = OTHER};
    if (length == 1 && from[0] == '2') found.what = PING;
    if (length < 2 || from[0] != '4') return found;
    switch (from[1]) {
    case '0': found.what = CONNECTED; break;
    case '4': found.what = CONNECT_REFUSED; break;
    case '3': /* an acknowledgement: 1 is the join's number, 7 that of every message */
        if (length > 2 && from[2] == '1') found.what = accepted(from, length) ? JOINED : JOIN_REFUSED;
        if (length > 2 && from[2] == '7') found.what = accepted(from, length) ? TAKEN : REFUSED;
        break;
    case '2': {
        const char *stamp = memmem(from, length, "\"T=", 3);
        if (!stamp || stamp + 1 + STAMP > from + length) break;
        stamp++;
        found.what = DELIVERY;
        found.sent_at = hex(stamp + 2, 16);
    }
    }
    return found;
}
