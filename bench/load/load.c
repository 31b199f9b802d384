/* The members of a benchmark: one thread, epoll, Socket.IO v5 over Engine.IO v4 over WebSocket, to servers on the loopback only.
 *
 *   load -p PORT[,PORT] [options] PHASE...
 *
 *   -p PORTS     of the servers; with several, the members of each room are spread over all of them
 *   -r ROOMS     member i is in room r<i modulo ROOMS>; default 1
 *   -s SENDERS   the first so many members send, in turn; default, and at least: one for each room
 *   -b BYTES     of a text; default 200
 *   -c COUNT     of members that come in at the same time; default 64
 *   -k           speaks chatserver's contract; else the plain one of the peers
 *   -P PIDS      the server's processes, whose CPU and memory are read at the beginning and the end of a phase
 *   -Q PIDS      those of a Redis
 *   -t SECONDS   the whole run takes at most that long; default 120
 *
 * Phases, one after the other; each writes one line of JSON when it is over:
 *
 *   come=COUNT              members connect and join until COUNT are there
 *   idle=SECONDS            nothing is said
 *   rate=NUMBER:SECONDS     NUMBER messages a second, whether the server keeps up or not
 *   closed=NUMBER:SECONDS   each sender has NUMBER messages under way: when all of its room have heard one, the next is sent
 *   vanish=COUNT:NUMBER:SECONDS   the last COUNT members are gone at once, with a reset; then as `rate`
 *   deaf=COUNT:NUMBER:SECONDS     the last COUNT members read nothing any more; then as `rate`. `dropped`: how many of them were let go
 *   hostile=COUNT:NUMBER:SECONDS  as `rate`, beside COUNT connections that send what nobody means well with, and come back ten times a second.
 *                                 `visits`: how often they came
 *
 * A phase in which messages are sent ends when all deliveries are there, or none has come for two seconds, or after ten; its CPU is that of
 * all of it. `expected` is what the members who were in the room were to get, `received` what came. Exit code 0 also where these differ. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "contract.h"
#include "histogram.h"
#include "member.h"
#include "processes.h"

enum { MOST_MEMBERS = 60000, MOST_PORTS = 16, MOST_HOSTILE = 1000, BURST = 64 };
#define SECOND 1000000000ull
#define DRAIN (10 * SECOND)
#define SILENCE (2 * SECOND)
#define BETWEEN_VISITS (SECOND / 10)

static member members[MOST_MEMBERS], hostile[MOST_HOSTILE];
static int hostile_count;
static long visits;
static int there, rooms = 1, senders, at_once = 64;
static int ports[MOST_PORTS], port_count;
static processes server, redis;
static uint64_t deadline;

static bool keeps_sending; /* a closed loop, and its time is not over */
static long sent, expected;
static int *in_room;  /* members of each room, counted before a phase */
static int *heard;    /* in a closed loop: how often the room's next message was heard */
static int *speaking; /* who of the room's senders speaks next */

typedef struct {
    double server_cpu, redis_cpu, own_cpu;
    uint64_t at;
    happenings before;
} mark;

static mark mark_now(void) {
    return (mark){cpu_seconds(&server), cpu_seconds(&redis), own_cpu_seconds(), now_ns(), happened};
}

static void say(member *who) {
    if (who->state != IN_ROOM) return;
    sent++;
    expected += in_room[who->room];
    member_say(who);
}

static void next_says(int room) {
    say(&members[speaking[room]]);
    speaking[room] += rooms;
    if (speaking[room] >= senders) speaking[room] = room;
}

/* Counted in the room, not by the sender: a member who hears late would have more and more under way. */
static void on_delivery(int room) {
    if (!keeps_sending || ++heard[room] < in_room[room]) return;
    heard[room] = 0;
    next_says(room);
}

static bool time_left(void) { return now_ns() < deadline; }

static double common(const char *phase, const mark *start) {
    double seconds = (now_ns() - start->at) / 1e9;
    printf("{\"phase\":\"%s\",\"seconds\":%.3f,\"server_cpu\":%.3f,\"redis_cpu\":%.3f,\"load_cpu\":%.3f,\"rss_kib\":%.0f,\"lost\":%ld", phase,
           seconds, cpu_seconds(&server) - start->server_cpu, cpu_seconds(&redis) - start->redis_cpu, own_cpu_seconds() - start->own_cpu,
           resident_kib(&server), happened.lost - start->before.lost);
    return seconds;
}

static void come(int wanted) {
    static double empty = -1; /* the server's memory before anybody came */
    if (empty < 0) empty = resident_kib(&server);
    mark start = mark_now();
    long began = there, before = happened.joined + happened.lost;
    if (wanted > MOST_MEMBERS) wanted = MOST_MEMBERS;
    while (time_left() && happened.joined + happened.lost - before < wanted - began) {
        while (there < wanted && there - began - (happened.joined + happened.lost - before) < at_once) {
            member *who = &members[there];
            who->room = there % rooms;
            who->port = ports[there / rooms % port_count];
            there++;
            member_open(who);
        }
        members_wait(SECOND / 10);
    }
    common("come", &start);
    printf(",\"joined\":%ld,\"joined_in_all\":%ld,\"rss_empty_kib\":%.0f}\n", happened.joined - start.before.joined, happened.joined, empty);
}

static void idle(double seconds) {
    mark start = mark_now();
    uint64_t until = start.at + (uint64_t)(seconds * 1e9);
    while (time_left() && now_ns() < until) members_wait(until - now_ns());
    common("idle", &start);
    printf(",\"pings\":%ld}\n", happened.pings - start.before.pings);
}

static void count_rooms(void) {
    memset(in_room, 0, rooms * sizeof *in_room);
    for (int i = 0; i < there; i++)
        if (members[i].state == IN_ROOM) in_room[members[i].room]++;
}

/* Each that was let go, or has been there for its time, comes anew. */
static void hostile_come(void) {
    static uint64_t came[MOST_HOSTILE];
    for (int i = 0; i < hostile_count; i++) {
        if (now_ns() - came[i] < BETWEEN_VISITS) continue;
        came[i] = now_ns();
        member_vanish(&hostile[i]);
        hostile[i] = (member){.hostile = true, .port = ports[i % port_count]};
        member_open(&hostile[i]);
        visits++;
    }
}

static void open_loop(double rate, uint64_t from, uint64_t until) {
    long done = 0;
    double gap = 1e9 / rate;
    for (uint64_t now; (now = now_ns()) < until && time_left();) {
        hostile_come();
        for (int burst = 0; burst < BURST && from + (uint64_t)(done * gap) <= now; burst++) say(&members[done++ % senders]);
        int64_t next = (int64_t)(from + (uint64_t)(done * gap)) - (int64_t)now_ns(), rest = (int64_t)until - (int64_t)now_ns();
        members_wait(next < rest ? next : rest);
    }
}

static void closed_loop(int under_way, uint64_t until) {
    keeps_sending = true;
    memset(heard, 0, rooms * sizeof *heard);
    for (int i = 0; i < rooms; i++) speaking[i] = i;
    for (int n = 0; n < under_way; n++)
        for (int i = 0; i < senders; i++) next_says(i % rooms);
    while (now_ns() < until && time_left()) members_wait(until - now_ns());
    keeps_sending = false;
}

static bool all_came(const mark *start) {
    if (happened.deliveries - start->before.deliveries < expected) return false;
    return !contract_acknowledges() || happened.taken + happened.refused - start->before.taken - start->before.refused >= sent;
}

static void drain(const mark *start) {
    uint64_t end = now_ns() + DRAIN, last_at = now_ns();
    long last = happened.deliveries;
    while (!all_came(start) && now_ns() < end && now_ns() - last_at < SILENCE && time_left()) {
        members_wait(SECOND / 50);
        if (happened.deliveries == last) continue;
        last = happened.deliveries;
        last_at = now_ns();
    }
    usleep(20000); /* what the server does after its last delivery */
}

/* How many of the last `count` members were let go while they were deaf. */
static int dropped(int count) {
    int gone = 0;
    uint64_t until = now_ns() + SILENCE;
    for (int i = there - count; i < there; i++) member_listen(&members[i]);
    while (now_ns() < until) members_wait(until - now_ns());
    for (int i = there - count; i < there; i++) {
        gone += members[i].state == GONE;
        member_vanish(&members[i]);
    }
    there -= count;
    return gone;
}

/* `gone`: so many vanish first; `deaf`: so many are from now on. Closed where `closed`, and `number` is then what each sender has under way. */
static void talk(const char *phase, int gone, int deaf, bool closed, double number, double seconds) {
    histogram_clear();
    sent = expected = 0;
    mark start = mark_now();
    for (int i = there - gone; i < there; i++) member_vanish(&members[i]);
    for (int i = there - deaf; i < there; i++) member_deafen(&members[i]);
    visits = 0;
    count_rooms();
    uint64_t begin = now_ns(), until = begin + (uint64_t)(seconds * 1e9);
    if (closed) closed_loop((int)number, until);
    else open_loop(number, begin, until);
    long in_time = happened.deliveries - start.before.deliveries;
    double window = (now_ns() - begin) / 1e9, window_cpu = cpu_seconds(&server) - start.server_cpu;
    for (; hostile_count; hostile_count--) member_vanish(&hostile[hostile_count - 1]);
    drain(&start);
    there -= gone;
    long received = happened.deliveries - start.before.deliveries, refused = happened.refused - start.before.refused;
    long unanswered = contract_acknowledges() ? sent - refused - (happened.taken - start.before.taken) : 0;
    common(phase, &start);
    if (visits) printf(",\"visits\":%ld", visits);
    if (deaf) printf(",\"dropped\":%d", dropped(deaf));
    printf(",\"number\":%g,\"window\":%.3f,\"window_cpu\":%.3f,\"sent\":%ld,\"expected\":%ld,\"received\":%ld,\"received_in_window\":%ld,"
           "\"unanswered\":%ld,\"refused\":%ld,\"bytes\":%.1f,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f}\n",
           number, window, window_cpu, sent, expected, received, in_time, unanswered, refused,
           received ? (happened.delivered_bytes - start.before.delivered_bytes) / (double)received : 0,
           histogram_ms(.5), histogram_ms(.99), histogram_max_ms());
    members_wait(SECOND / 5);
}

static void phase(const char *told) {
    int count;
    double number, seconds;
    if (sscanf(told, "come=%d", &count) == 1) come(count);
    else if (sscanf(told, "idle=%lf", &seconds) == 1) idle(seconds);
    else if (sscanf(told, "rate=%lf:%lf", &number, &seconds) == 2) talk("rate", 0, 0, false, number, seconds);
    else if (sscanf(told, "closed=%lf:%lf", &number, &seconds) == 2) talk("closed", 0, 0, true, number, seconds);
    else if (sscanf(told, "vanish=%d:%lf:%lf", &count, &number, &seconds) == 3) talk("vanish", count, 0, false, number, seconds);
    else if (sscanf(told, "deaf=%d:%lf:%lf", &count, &number, &seconds) == 3) talk("deaf", 0, count, false, number, seconds);
    else if (sscanf(told, "hostile=%d:%lf:%lf", &count, &number, &seconds) == 3) {
        hostile_count = count < MOST_HOSTILE ? count : MOST_HOSTILE;
        talk("hostile", 0, 0, false, number, seconds);
    } else {
        fprintf(stderr, "%s: no such phase; see the head of load.c\n", told);
        exit(2);
    }
}

static int numbers(char *text, int *into, int most) {
    int count = 0;
    for (char *each = strtok(text, ","); each && count < most; each = strtok(NULL, ",")) into[count++] = atoi(each);
    return count;
}

int main(int count, char **words) {
    int option, bytes = 200, limit = 120;
    bool chatserver = false;
    while ((option = getopt(count, words, "p:r:s:b:c:kP:Q:t:")) > 0) switch (option) {
        case 'p': port_count = numbers(optarg, ports, MOST_PORTS); break;
        case 'r': rooms = atoi(optarg); break;
        case 's': senders = atoi(optarg); break;
        case 'b': bytes = atoi(optarg); break;
        case 'c': at_once = atoi(optarg); break;
        case 'k': chatserver = true; break;
        case 'P': server.count = numbers(optarg, server.pids, MOST_PROCESSES); break;
        case 'Q': redis.count = numbers(optarg, redis.pids, MOST_PROCESSES); break;
        case 't': limit = atoi(optarg); break;
        default: return 2;
        }
    if (!port_count || rooms < 1 || bytes < 40 || bytes > 2000) {
        fprintf(stderr, "see the head of load.c\n");
        return 2;
    }
    if (senders < rooms) senders = rooms;
    in_room = calloc(rooms, sizeof *in_room);
    heard = calloc(rooms, sizeof *heard);
    speaking = calloc(rooms, sizeof *speaking);
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    signal(SIGPIPE, SIG_IGN);
    alarm(limit + 10); /* whatever happens */
    setvbuf(stdout, NULL, _IOLBF, 0);
    deadline = now_ns() + limit * SECOND;
    contract_begin(chatserver, bytes);
    members_begin(on_delivery);
    for (int i = optind; i < count; i++) {
        if (!strncmp(words[i], "deaf=", 5)) members_have_little_room();
    }
    for (; optind < count; optind++) phase(words[optind]);
    return 0;
}
