/* What is said to a server, and what its packets mean. Two contracts: chatserver's own (docs/protocol.md), and the plain one of the peers in
 * bench/peers: join with a room's name, "msg" to send, and the same event back. */
#ifndef BENCH_CONTRACT_H
#define BENCH_CONTRACT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LONGEST_PACKET = 8192 };

typedef enum { OTHER, PING, CONNECTED, CONNECT_REFUSED, JOINED, JOIN_REFUSED, TAKEN, REFUSED, DELIVERY } meaning;

typedef struct {
    meaning what;
    uint64_t sent_at; /* of a delivery, nanoseconds */
} packet;

void contract_begin(bool chatserver, int text_bytes);
bool contract_acknowledges(void); /* every message is answered */

size_t connect_packet(char *into);
size_t join_packet(char *into, int room);
size_t send_packet(char *into, int room, uint64_t now);

packet understand(const char *text, size_t length);

#endif
