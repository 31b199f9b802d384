/* The limit: what a fan-out costs where there is nothing but the kernel. Each message is framed once, and sent with one send() to each member
 * of its room. No rules, no limits, no heartbeat, no care for whoever reads slowly: no server to use.
 *
 *   raw PORT    on the loopback; says "ready"; ends by itself after an hour */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_ROOMS = 65536, FRAME = 8192, NO_ROOM = -1, AN_HOUR = 3600 };

typedef struct {
    int socket, room;
    int upgraded;
    char *unread; /* the beginning of what has not come whole */
    size_t unread_length;
} connection;

typedef struct {
    connection **members;
    int count, size;
} room;

static room rooms[MOST_ROOMS];
static int events;
static long messages;

static size_t framed(char *frame, const char *text, size_t length) {
    size_t head = length < 126 ? 2 : 4;
    frame[0] = (char)0x81;
    frame[1] = (char)(length < 126 ? length : 126);
    if (head == 4) {
        frame[2] = (char)(length >> 8);
        frame[3] = (char)length;
    }
    memcpy(frame + head, text, length);
    return head + length;
}

static void answer(const connection *to, const char *text) {
    char frame[FRAME];
    size_t length = framed(frame, text, strlen(text));
    if (send(to->socket, frame, length, MSG_NOSIGNAL) < 0) return; /* its end is heard of by epoll */
}

static void enter(connection *who, int number) {
    room *into = &rooms[number];
    if (into->count == into->size) {
        into->size = into->size ? 2 * into->size : 16;
        into->members = realloc(into->members, into->size * sizeof *into->members);
    }
    into->members[into->count++] = who;
    who->room = number;
    answer(who, "431[1]");
}

static void leave(connection *who) {
    if (who->room != NO_ROOM) {
        room *from = &rooms[who->room];
        for (int i = 0; i < from->count; i++)
            if (from->members[i] == who) from->members[i--] = from->members[--from->count];
    }
    close(who->socket);
    free(who->unread);
    free(who);
}

static void publish(const connection *who, const char *text, int length) {
    static char packet[FRAME], frame[FRAME + 4];
    int size = snprintf(packet, sizeof packet, "42[\"msg\",{\"room\":\"r%d\",\"seq\":%ld,\"nick\":\"anon\",\"text\":\"%.*s\"}]", who->room,
                        ++messages, length, text);
    size_t whole = framed(frame, packet, size);
    const room *in = &rooms[who->room];
    /* Where a socket takes no more, the delivery is missing, and the load generator says so. */
    for (int i = 0; i < in->count; i++) send(in->members[i]->socket, frame, whole, MSG_NOSIGNAL | MSG_DONTWAIT);
}

static void on_packet(connection *who, const char *text, size_t length) {
    static const char join[] = "421[\"join\",\"r", message[] = "42[\"msg\",", before_text[] = "\"text\":\"";
    if (length == 2 && !memcmp(text, "40", 2)) {
        answer(who, "40{\"sid\":\"raw\"}");
    } else if (length > sizeof join && !memcmp(text, join, sizeof join - 1)) {
        enter(who, atoi(text + sizeof join - 1) % MOST_ROOMS);
    } else if (length > sizeof message && who->room != NO_ROOM && !memcmp(text, message, sizeof message - 1)) {
        const char *at = memmem(text, length, before_text, sizeof before_text - 1);
        if (at) publish(who, at + sizeof before_text - 1, (int)(text + length - 3 - (at + sizeof before_text - 1)));
    }
}

/* Takes the frames at `bytes`, and returns how many bytes they were. All come masked; those of this benchmark are never long or in pieces. */
static size_t on_frames(connection *who, char *bytes, size_t length) {
    char *at = bytes, *after = bytes + length;
    while (after - at >= 6) {
        size_t size = at[1] & 127, head = 2;
        if (size == 126) {
            size = (size_t)(unsigned char)at[2] << 8 | (unsigned char)at[3];
            head = 4;
        }
        if ((size_t)(after - at) < head + 4 + size) break;
        const char *mask = at + head;
        char *payload = at + head + 4;
        for (size_t i = 0; i < size; i++) payload[i] ^= mask[i & 3];
        if ((at[0] & 15) == 1) on_packet(who, payload, size);
        at = payload + size;
    }
    return at - bytes;
}

static size_t upgrade(connection *who, const char *bytes, size_t length) {
    static const char answered[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                   "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"; /* to the load generator's one key */
    const char *end = memmem(bytes, length, "\r\n\r\n", 4);
    if (!end) return 0;
    who->upgraded = send(who->socket, answered, sizeof answered - 1, MSG_NOSIGNAL) > 0;
    answer(who, "0{\"sid\":\"raw\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":16384}");
    return end + 4 - bytes;
}

static void on_readable(connection *who) {
    static char bytes[1 << 18];
    if (who->unread_length) memcpy(bytes, who->unread, who->unread_length);
    ssize_t read = recv(who->socket, bytes + who->unread_length, sizeof bytes - who->unread_length, 0);
    if (read <= 0) {
        leave(who);
        return;
    }
    size_t length = who->unread_length + read, taken = who->upgraded ? 0 : upgrade(who, bytes, length);
    if (who->upgraded) taken += on_frames(who, bytes + taken, length - taken);
    free(who->unread);
    who->unread = NULL;
    who->unread_length = length - taken;
    if (!who->unread_length) return;
    who->unread = malloc(who->unread_length);
    memcpy(who->unread, bytes + taken, who->unread_length);
}

static void wait_for(int socket, void *what) {
    struct epoll_event wish = {.events = EPOLLIN, .data.ptr = what};
    epoll_ctl(events, EPOLL_CTL_ADD, socket, &wish);
}

static void accept_all(int listening) {
    for (int fd, on = 1; (fd = accept4(listening, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        connection *who = calloc(1, sizeof *who);
        who->socket = fd;
        who->room = NO_ROOM;
        wait_for(fd, who);
    }
}

int main(int count, char **words) {
    int listening = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(count > 1 ? atoi(words[1]) : 0)};
    struct rlimit files;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listening, (struct sockaddr *)&address, sizeof address) || listen(listening, 4096)) {
        perror("raw");
        return 1;
    }
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    signal(SIGPIPE, SIG_IGN);
    alarm(AN_HOUR);
    events = epoll_create1(0);
    wait_for(listening, NULL);
    puts("ready");
    fflush(stdout);
    for (;;) {
        struct epoll_event ready[256];
        int found = epoll_wait(events, ready, 256, -1);
        for (int i = 0; i < found; i++)
            if (ready[i].data.ptr) on_readable(ready[i].data.ptr);
            else accept_all(listening);
    }
}
