/* One connection of a member: TCP, the WebSocket handshake, Engine.IO and Socket.IO, the join, messages. Nothing blocks. */
#ifndef BENCH_MEMBER_H
#define BENCH_MEMBER_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum { NOT_YET, OPENING, UPGRADING, GREETED, CONNECTING, JOINING, IN_ROOM, DEAF, GONE } member_state;

typedef struct {
    char *bytes;
    size_t length, size;
} buffer;

typedef struct {
    int socket, port, room;
    member_state state;
    bool wants_to_write;
    bool hostile; /* sends what nobody means well with as soon as it is let in; is not counted, nor who it is lost to */
    buffer unread; /* the beginning of a frame whose end has not come */
    buffer unsent;
} member;

/* What has happened since the program began. */
typedef struct {
    long joined, lost, taken, refused, deliveries, pings;
    uint64_t delivered_bytes; /* of the frames that carried deliveries */
} happenings;

extern happenings happened;

uint64_t now_ns(void);
void members_begin(void (*on_delivery)(int room)); /* called for each message that a member hears */
void member_open(member *who);                         /* to port and room of it, and on until it is in the room */
void member_say(member *who);
void member_vanish(member *who); /* with a reset */
void member_deafen(member *who); /* reads nothing more */
void members_have_little_room(void); /* in the kernel, or it would read on for one who is deaf, for some megabytes; before they are opened */
void member_listen(member *who); /* one who was deaf reads again, and finds whether it was let go */
void members_wait(int64_t nanoseconds); /* handles what happens meanwhile; returns when something did, or when the time is over */

#endif
