/*
 * probe PORT LIMIT_MS [PATH]: tries a TCP port of its own network namespace, on 127.0.0.1 and then ::1, until it answers
 * or the time is up. With a path, an answer is an HTTP one of 2xx or 3xx; without, that the connection is accepted.
 * Archway runs it in a container that joins the network of the one under test (lib/engine/probe/try-port.ts).
 *
 * It writes `answered ADDRESS [STATUS]` and ends with 0, or `silent [STATUS]` and 1; then, as the kernel tells them in
 * /proc/net/tcp and tcp6, one line `listening …` for each socket that listens there. Nothing is kept outside the stack,
 * so that the program stays a single segment.
 */
#include "system-call.h"

enum { AF_INET = 2, AF_INET6 = 10, SOCK_STREAM_NONBLOCK = 1 | 04000, POLLIN = 1, POLLOUT = 4 };
enum { EINTR = -4, EINPROGRESS = -115, EALREADY = -114, EISCONN = -106, AT_FDCWD = -100, MSG_NOSIGNAL = 0x4000 };
enum { PAUSE_MS = 100, ATTEMPT_MS = 10000, DRAIN_MS = 500, DRAIN_KIB = 256, REQUEST_MAX = 1400 };

static long call(long number, long a, long b, long c) { return system_call(number, a, b, c, 0, 0, 0); }

static long length(const char *text) {
  long n = 0;
  while (text[n]) n++;
  return n;
}

static void say(const char *text) { call(SYS_WRITE, 1, (long)text, length(text)); }

static long number_of(const char *text) {
  long n = 0;
  for (; *text >= '0' && *text <= '9' && n < 100000000; text++) n = 10 * n + *text - '0';
  return n;
}

static long now_ms(void) {
  long time[2] = {0, 0};
  call(SYS_CLOCK_GETTIME, 1 /* CLOCK_MONOTONIC */, (long)time, 0);
  return time[0] * 1000 + time[1] / 1000000;
}

static void pause_ms(long ms) {
  const long time[2] = {ms / 1000, ms % 1000 * 1000000};
  call(SYS_NANOSLEEP, (long)time, 0, 0);
}

/* Whether the socket is ready before the time is up. */
static int is_ready(int socket, short events, long until_ms) {
  struct { int fd; short events, revents; } wanted = {socket, events, 0};
  for (;;) {
    const long left = until_ms - now_ms();
    if (left <= 0) return 0;
    const long time[2] = {left / 1000, left % 1000 * 1000000};
    const long ready = system_call(SYS_PPOLL, (long)&wanted, 1, (long)time, 0, 0, 0);
    if (ready != EINTR) return ready > 0;
  }
}

/* An open connection, or less than 0. */
static long open_connection(int family, long port, long until_ms) {
  unsigned char address[28];
  for (unsigned i = 0; i < sizeof address; i++) address[i] = 0;
  *(unsigned short *)(void *)address = (unsigned short)family;
  address[2] = (unsigned char)(port >> 8);
  address[3] = (unsigned char)port;
  if (family == AF_INET) address[4] = 127, address[7] = 1;
  else address[23] = 1;
  const long size = family == AF_INET ? 16 : 28;
  const long s = call(SYS_SOCKET, family, SOCK_STREAM_NONBLOCK, 0);
  if (s < 0) return s;
  long state = call(SYS_CONNECT, s, (long)address, size);
  while (state == EINPROGRESS || state == EALREADY || state == EINTR) {
    if (!is_ready((int)s, POLLOUT, until_ms)) break;
    state = call(SYS_CONNECT, s, (long)address, size);
  }
  if (state == 0 || state == EISCONN) return s;
  call(SYS_CLOSE, s, 0, 0);
  return -1;
}

/* In one piece: a simple server reads once. Answers whether all of it went. */
static int send_request(int socket, const char *path, long until_ms) {
  char request[REQUEST_MAX];
  const char *pieces[] = {"GET ", path, " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: archway\r\nAccept: */*\r\n"
                                        "Connection: close\r\n\r\n"};
  long size = 0;
  for (int i = 0; i < 3; i++)
    for (const char *at = pieces[i]; *at && size < REQUEST_MAX; at++) request[size++] = *at;
  for (long done = 0; done < size;) {
    if (!is_ready(socket, POLLOUT, until_ms)) return 0;
    const long sent = system_call(SYS_SENDTO, socket, (long)(request + done), size - done, MSG_NOSIGNAL, 0, 0);
    if (sent <= 0) return 0;
    done += sent;
  }
  return 1;
}

/* Reads the rest, within limits: who is hung up on in the middle of its answer may die of SIGPIPE. */
static void drain(int socket, long until_ms) {
  char piece[1024];
  for (int i = 0; i < DRAIN_KIB && is_ready(socket, POLLIN, until_ms); i++)
    if (call(SYS_READ, socket, (long)piece, sizeof piece) <= 0) break;
}

/* The status of `HTTP/1.1 200 …`, or 0. */
static long http_status(int socket, const char *path, long until_ms) {
  if (!send_request(socket, path, until_ms)) return 0;
  const char *start = "HTTP/1.";
  char line[12];
  long had = 0;
  while (had < (long)sizeof line) {
    if (!is_ready(socket, POLLIN, until_ms)) return 0;
    const long got = call(SYS_READ, socket, (long)(line + had), (long)sizeof line - had);
    if (got <= 0) return 0;
    had += got;
  }
  for (int i = 0; i < 7; i++)
    if (line[i] != start[i]) return 0;
  long status = 0;
  for (int i = 9; i < 12; i++) {
    if (line[i] < '0' || line[i] > '9') return 0;
    status = 10 * status + line[i] - '0';
  }
  const long soon = now_ms() + DRAIN_MS;
  drain(socket, soon < until_ms ? soon : until_ms);
  return status;
}

static void say_status(long status) {
  if (status < 100) return;
  const char text[] = {' ', (char)('0' + status / 100), (char)('0' + status / 10 % 10), (char)('0' + status % 10), 0};
  say(text);
}

/* The lines of a kernel table whose socket listens: their state is 0A. */
static void say_listening(const char *table) {
  const long file = system_call(SYS_OPENAT, AT_FDCWD, (long)table, 0, 0, 0, 0);
  char piece[1024], line[200];
  int at = 0;
  for (long n; file >= 0 && (n = call(SYS_READ, file, (long)piece, sizeof piece)) > 0;) {
    for (long i = 0; i < n; i++) {
      if (piece[i] != '\n') {
        if (at < (int)sizeof line - 1) line[at++] = piece[i];
        continue;
      }
      line[at] = 0;
      for (int k = 0; k + 3 < at; k++) {
        if (line[k] != ' ' || line[k + 1] != '0' || line[k + 2] != 'A' || line[k + 3] != ' ') continue;
        line[k] = 0;
        say("listening ");
        say(line);
        say("\n");
        break;
      }
      at = 0;
    }
  }
}

__attribute__((noreturn)) static void leave(int code) {
  say_listening("/proc/net/tcp");
  say_listening("/proc/net/tcp6");
  for (;;) call(SYS_EXIT_GROUP, code, 0, 0);
}

/* Ends the program when the port answers; else the last HTTP status there was. */
static long attempt(int family, long port, const char *path, long until_ms) {
  const long soon = now_ms() + ATTEMPT_MS;
  const long limit = soon < until_ms ? soon : until_ms;
  const long s = open_connection(family, port, limit);
  if (s < 0) return 0;
  const long status = path ? http_status((int)s, path, limit) : 0;
  call(SYS_CLOSE, s, 0, 0);
  if (path && (status < 200 || status > 399)) return status;
  say(family == AF_INET ? "answered 127.0.0.1" : "answered ::1");
  say_status(status);
  say("\n");
  leave(0);
}

__attribute__((noreturn, used)) void run(long *stack) {
  const char **arguments = (const char **)(stack + 1);
  if (stack[0] < 3) {
    say("probe PORT LIMIT_MS [PATH]\n");
    for (;;) call(SYS_EXIT_GROUP, 64, 0, 0);
  }
  const long port = number_of(arguments[1]);
  const char *path = stack[0] > 3 ? arguments[3] : 0;
  const long until_ms = now_ms() + number_of(arguments[2]);
  long last = 0;
  do {
    const long four = attempt(AF_INET, port, path, until_ms);
    const long six = four ? four : attempt(AF_INET6, port, path, until_ms);
    if (six) last = six;
    pause_ms(PAUSE_MS);
  } while (now_ms() < until_ms);
  say("silent");
  say_status(last);
  say("\n");
  leave(1);
}
