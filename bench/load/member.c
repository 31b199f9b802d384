#define _GNU_SOURCE
#include "member.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "contract.h"
#include "histogram.h"

enum { TEXT = 1, CLOSE = 8, PING_FRAME = 9, PONG_FRAME = 10, FRAME_HEAD = 8, COMPLAINTS = 5 };

happenings happened;
static int little_room;

static int events;
static void (*delivery)(int);
static uint64_t arrived; /* what is read now */
static char incoming[1 << 20];

uint64_t now_ns(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000ull + time.tv_nsec;
}

void members_begin(void (*on_delivery)(int)) {
    delivery = on_delivery;
    events = epoll_create1(0);
}

static void complain(const member *who, const char *what, const char *text, size_t length) {
    static int said;
    if (!who->hostile && who->state != DEAF && said++ < COMPLAINTS) fprintf(stderr, "%s: %.*s\n", what, (int)(length < 300 ? length : 300), text);
}

static void forget(buffer *which) {
    free(which->bytes);
    *which = (buffer){0};
}

static void append(buffer *to, const char *bytes, size_t length) {
    if (to->length + length > to->size) {
        to->size = (to->length + length) * 2;
        to->bytes = realloc(to->bytes, to->size);
    }
    memcpy(to->bytes + to->length, bytes, length);
    to->length += length;
}

static void end(member *who) {
    if (who->state == GONE || who->state == NOT_YET) return;
    who->state = GONE;
    close(who->socket); /* with what was asked of the linger option: a reset */
    forget(&who->unread);
    forget(&who->unsent);
}

static void lose(member *who) {
    if (who->state == GONE) return;
    if (!who->hostile && who->state != DEAF) happened.lost++;
    end(who);
}

void member_vanish(member *who) { end(who); }

void members_have_little_room(void) { little_room = 65536; }

static void watch(member *who, unsigned wanted) {
    struct epoll_event wish = {.events = wanted, .data.ptr = who};
    epoll_ctl(events, EPOLL_CTL_MOD, who->socket, &wish);
}

void member_deafen(member *who) {
    if (who->state != IN_ROOM) return;
    who->state = DEAF;
    watch(who, 0);
}

void member_listen(member *who) {
    if (who->state == DEAF) watch(who, EPOLLIN);
}

static void want_to_write(member *who, bool wanted) {
    if (who->wants_to_write == wanted) return;
    who->wants_to_write = wanted;
    watch(who, EPOLLIN | (wanted ? EPOLLOUT : 0));
}

static void put(member *who, const char *bytes, size_t length) {
    if (!who->unsent.length) {
        ssize_t sent = send(who->socket, bytes, length, MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN) {
            lose(who);
            return;
        }
        if (sent < 0) sent = 0;
        bytes += sent;
        length -= sent;
    }
    if (!length) return;
    append(&who->unsent, bytes, length);
    want_to_write(who, true);
}

static void put_frame(member *who, int kind, const char *payload, size_t length) {
    static const unsigned char mask[4] = {0x37, 0xfa, 0x21, 0x3d};
    static char frame[LONGEST_PACKET + FRAME_HEAD];
    size_t head = 2;
    frame[0] = (char)(0x80 | kind);
    if (length < 126) {
        frame[1] = (char)(0x80 | length);
    } else {
        frame[1] = (char)(0x80 | 126);
        frame[2] = (char)(length >> 8);
        frame[3] = (char)length;
        head = 4;
    }
    memcpy(frame + head, mask, 4);
    head += 4;
    for (size_t i = 0; i < length; i++) frame[head + i] = (char)(payload[i] ^ mask[i & 3]);
    put(who, frame, head + length);
}

/* Each time another: what is not masked, reserved bits, no opcode, bad UTF-8, too much, a fragment of nothing, floods. */
static void put_hostile(member *who) {
    static const struct {
        const char *bytes;
        int length, times;
    } each[] = {
        {"\x81\x01" "3", 3, 1},
        {"\xf1\x81\0\0\0\0" "3", 7, 1},
        {"\x83\x80\0\0\0\0", 6, 1},
        {"\x81\x82\0\0\0\0\xff\xfe", 8, 1},
        {"\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff\0\0\0\0", 14, 1},
        {"\x80\x81\0\0\0\0x", 7, 1},
        {"\x81\x81\0\0\0\0" "9", 7, 1},
        {"\x82\x81\0\0\0\0x", 7, 1},
        {"\x88\x81\0\0\0\0x", 7, 1},
        {"\x01\x81\0\0\0\0x\0\x81\0\0\0\0x", 14, 2},   /* a message within another */
        {"\x89\x84\0\0\0\0ping\x8a\x80\0\0\0\0", 16, 500},
        {"\x01\x80\0\0\0\0", 6, 1},                          /* and never more of it */
        {"\0\x81\0\0\0\0x", 7, 1000},
    };
    static int next;
    int which = next++ % (int)(sizeof each / sizeof *each);
    for (int n = 0; n < each[which].times && who->state != GONE; n++) put(who, each[which].bytes, each[which].length);
}

static char packet_text[LONGEST_PACKET];

void member_say(member *who) {
    if (who->state != IN_ROOM) return;
    put_frame(who, TEXT, packet_text, send_packet(packet_text, who->room, now_ns()));
}

static void on_text(member *who, const char *text, size_t length) {
    if (who->state == GREETED) { /* Engine.IO's first packet */
        who->state = CONNECTING;
        put_frame(who, TEXT, packet_text, connect_packet(packet_text));
        if (who->hostile) put_hostile(who);
        return;
    }
    if (who->state == DEAF) return;
    packet found = understand(text, length);
    switch (found.what) {
    case PING:
        happened.pings++;
        put_frame(who, TEXT, "3", 1);
        break;
    case CONNECTED:
        if (who->hostile) break;
        who->state = JOINING;
        put_frame(who, TEXT, packet_text, join_packet(packet_text, who->room));
        break;
    case CONNECT_REFUSED:
    case JOIN_REFUSED:
        complain(who, "not let in", text, length);
        lose(who);
        break;
    case JOINED:
        who->state = IN_ROOM;
        happened.joined++;
        break;
    case TAKEN: happened.taken++; break;
    case REFUSED:
        happened.refused++;
        complain(who, "a message was refused", text, length);
        break;
    case DELIVERY:
        happened.deliveries++;
        happened.delivered_bytes += length;
        histogram_add(arrived > found.sent_at ? (arrived - found.sent_at) / 1000 : 0);
        delivery(who->room);
        break;
    case OTHER: break;
    }
}

static void on_frame(member *who, int kind, const char *payload, size_t length) {
    if (kind == TEXT) {
        on_text(who, payload, length);
    } else if (kind == CLOSE) {
        complain(who, "closed by the server", length > 2 ? payload + 2 : "", length > 2 ? length - 2 : 0);
        lose(who);
    } else if (kind == PING_FRAME) {
        put_frame(who, PONG_FRAME, payload, length);
    }
}

/* How long a whole frame is, and where its payload begins; 0 where more has to be read to know. */
static size_t frame_length(const unsigned char *at, size_t there, size_t *head) {
    if (there < 2) return 0;
    size_t length = at[1] & 127;
    *head = length < 126 ? 2 : length == 126 ? 4 : 10;
    if (there < *head) return 0;
    if (length >= 126) {
        length = 0;
        for (size_t i = 2; i < *head; i++) length = length << 8 | at[i];
    }
    return there < *head + length ? 0 : *head + length;
}

static void on_bytes(member *who, const char *bytes, size_t length) {
    const char *at = bytes, *after = bytes + length;
    if (who->state == UPGRADING) {
        const char *answered = memmem(at, length, "\r\n\r\n", 4);
        if (answered && (length < 12 || memcmp(at + 9, "101", 3))) {
            complain(who, "no WebSocket", at, length);
            lose(who);
            return;
        }
        if (answered) {
            at = answered + 4;
            who->state = GREETED;
        }
    }
    size_t whole, head = 0;
    while (who->state != UPGRADING && (whole = frame_length((const unsigned char *)at, after - at, &head))) {
        on_frame(who, at[0] & 15, at + head, whole - head);
        if (who->state == GONE) return;
        at += whole;
    }
    forget(&who->unread);
    if (at < after) append(&who->unread, at, after - at);
}

static void on_readable(member *who) {
    size_t before = who->unread.length;
    if (before > sizeof incoming / 2) {
        lose(who);
        return;
    }
    if (before) memcpy(incoming, who->unread.bytes, before);
    ssize_t read = recv(who->socket, incoming + before, sizeof incoming - before, 0);
    arrived = now_ns();
    if (read < 0 && errno == EAGAIN) return;
    if (read <= 0) {
        complain(who, "the connection ended", read < 0 ? strerror(errno) : "", read < 0 ? strlen(strerror(errno)) : 0);
        lose(who);
        return;
    }
    on_bytes(who, incoming, before + read);
}

static void on_opened(member *who) {
    int fault = 0;
    socklen_t size = sizeof fault;
    char request[512];
    getsockopt(who->socket, SOL_SOCKET, SO_ERROR, &fault, &size);
    if (fault) {
        complain(who, "cannot connect", strerror(fault), strlen(strerror(fault)));
        lose(who);
        return;
    }
    who->state = UPGRADING;
    want_to_write(who, false);
    put(who, request,
        snprintf(request, sizeof request,
                 "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\n"
                 "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                 "Sec-WebSocket-Version: 13\r\nUser-Agent: bench\r\n\r\n",
                 who->port, who->port));
}

static void on_writable(member *who) {
    if (who->state == OPENING) {
        on_opened(who);
        return;
    }
    buffer *rest = &who->unsent;
    if (rest->length) {
        ssize_t sent = send(who->socket, rest->bytes, rest->length, MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN) lose(who);
        if (sent < 0) return;
        memmove(rest->bytes, rest->bytes + sent, rest->length - sent);
        rest->length -= sent;
    }
    if (!rest->length) {
        forget(rest);
        want_to_write(who, false);
    }
}

void member_open(member *who) {
    int on = 1;
    struct linger reset = {1, 0}; /* no thousands of sockets in TIME_WAIT after a round */
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(who->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    who->socket = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (who->socket < 0) {
        perror("socket");
        exit(1);
    }
    setsockopt(who->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (little_room) setsockopt(who->socket, SOL_SOCKET, SO_RCVBUF, &little_room, sizeof little_room);
    setsockopt(who->socket, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    if (connect(who->socket, (struct sockaddr *)&address, sizeof address) && errno != EINPROGRESS) {
        perror("connect");
        exit(1);
    }
    who->state = OPENING;
    who->wants_to_write = true;
    struct epoll_event wish = {.events = EPOLLIN | EPOLLOUT, .data.ptr = who};
    epoll_ctl(events, EPOLL_CTL_ADD, who->socket, &wish);
}

void members_wait(int64_t nanoseconds) {
    static struct epoll_event ready[1024];
    if (nanoseconds < 0) nanoseconds = 0;
    struct timespec limit = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    int count = epoll_pwait2(events, ready, 1024, &limit, NULL);
    for (int i = 0; i < count; i++) {
        member *who = ready[i].data.ptr;
        if (who->state != GONE && ready[i].events & EPOLLOUT) on_writable(who);
        if (who->state != GONE && ready[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) on_readable(who);
    }
}
