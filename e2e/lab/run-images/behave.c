/*
 * One program, one way to misbehave for each name: `behave NAME [PATH or NUMBER [NUMBER]]`. It says what happened on standard output,
 * errors as the number that the kernel gave. Called by a link named uname, it is `uname -m`.
 */
#include "../../../samples/port-probe/system-call.h"

enum { STDOUT = 1, STDERR = 2, O_WRONLY_CREAT = 0101, SIGPIPE = 13, SIGTERM = 15, AT_PAGESZ = 6 };
#if defined(__x86_64__)
enum { SYS_UNAME = 63 };
#else
enum { SYS_UNAME = 122 };
#endif
static char buffer[1 << 16];

static long call(long number, long a, long b, long c) { return system_call(number, a, b, c, 0, 0, 0); }

static long length(const char *text) {
  long n = 0;
  while (text[n]) n++;
  return n;
}

static int same(const char *a, const char *b) {
  while (*a && *a == *b) a++, b++;
  return *a == *b;
}

static void say_on(int stream, const char *text) { call(SYS_WRITE, stream, (long)text, length(text)); }
static void say(const char *text) { say_on(STDOUT, text); }

static void say_number(const char *before, long number) {
  char digits[24];
  char *at = digits + sizeof digits - 1;
  const long value = number < 0 ? -number : number;
  *at = 0;
  *--at = '\n';
  long rest = value;
  do *--at = (char)('0' + rest % 10);
  while (rest /= 10);
  say(before);
  say(at);
}

__attribute__((noreturn)) static void leave(int code) {
  for (;;) call(SYS_EXIT_GROUP, code, 0, 0);
}

static long number_of(const char *text) {
  long n = 0;
  for (; *text >= '0' && *text <= '9'; text++) n = 10 * n + *text - '0';
  return n;
}

__attribute__((noreturn)) static void wait_for_ever(void) {
  for (;;) call(SYS_PAUSE, 0, 0, 0);
}

static void fail(void) {
  say("about to fail\n");
  leave(1);
}

static void hang(void) {
  say("waiting\n");
  wait_for_ever();
}

static void write_nowhere(void) {
  volatile long *volatile nowhere = (long *)8;
  *nowhere = 1;
}

static void illegal(const char *name) {
#if defined(__x86_64__)
  (void)name;
  __asm__ volatile("ud2");
#else
  /* vclzlsbb 3, 4 (ISA 3.0) and paddi 3, 3, 1 (ISA 3.1): written as numbers, so that any assembler takes them. */
  if (same(name, "power9")) __asm__ volatile(".long 0x10602602" ::: "v3");
  else if (same(name, "power10")) __asm__ volatile(".balign 64\n\t.long 0x06000000, 0x38630001" ::: "r3");
  else __asm__ volatile(".long 0");
#endif
}

static long ignore(int signal) {
  static long action[8] = {1 /* SIG_IGN */};
  return system_call(SYS_RT_SIGACTION, signal, (long)action, 0, 8, 0, 0);
}

static void ignore_sigterm(void) {
  say_number("ignoring SIGTERM ", ignore(SIGTERM));
  wait_for_ever();
}

static void flood(void) {
  for (long i = 0; i < (long)sizeof buffer; i++) buffer[i] = i % 64 == 63 ? '\n' : 'x';
  for (int i = 0; i < (1 << 30) / (int)sizeof buffer; i++) {
    for (long done = 0; done < (long)sizeof buffer;) {
      const long written = call(SYS_WRITE, STDOUT, (long)(buffer + done), sizeof buffer - done);
      if (written <= 0) leave(1);
      done += written;
    }
  }
}

/* Every process of it forks; the first tells when the kernel first refuses. */
static void fork_without_end(void) {
  int first = 1, told = 0;
  for (;;) {
    const long child = call(SYS_FORK, 0, 0, 0);
    if (child == 0) first = 0;
    if (child < 0 && first && !told) {
      told = 1;
      say_number("fork refused ", child);
    }
  }
}

static void eat_memory(void) {
  const long piece = 1 << 20;
  for (long n = 1;; n++) {
    /* PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS */
    char *at = (char *)system_call(SYS_MMAP, 0, piece, 3, 0x22, -1, 0);
    if ((unsigned long)at > -4096ul) leave(1);
    for (long i = 0; i < piece; i += 4096) at[i] = 1;
    if (n % 16 == 0) say_number("MiB ", n);
  }
}

/* Writes into a new file of this folder until it may not. */
static void fill(const char *path) {
  const long file = call(SYS_OPEN, (long)path, O_WRONLY_CREAT, 0644);
  if (file < 0) {
    say_number("open refused ", file);
    return;
  }
  long total = 0, written;
  while ((written = call(SYS_WRITE, file, (long)buffer, sizeof buffer)) > 0 && total < 1 << 30) total += written;
  say_number("wrote KiB ", total >> 10);
  say_number("then refused ", written);
}

static void try_network(void) {
  const unsigned char address[16] = {2, 0, 0, 53, 192, 0, 2, 1};
  const long s = call(SYS_SOCKET, 2 /* AF_INET */, 1 /* SOCK_STREAM */, 0);
  if (s < 0) say_number("socket refused ", s);
  else say_number("connect refused ", call(SYS_CONNECT, s, (long)address, sizeof address));
}

/* A service on this port of 127.0.0.1, or of every address: each connection is answered with this HTTP status. */
static void serve(int is_local, long port, const char *status) {
  const unsigned char address[16] = {2, 0, (unsigned char)(port >> 8), (unsigned char)port, is_local ? 127 : 0, 0, 0, is_local};
  const long s = call(SYS_SOCKET, 2 /* AF_INET */, 1 /* SOCK_STREAM */, 0);
  const long bound = call(SYS_BIND, s, (long)address, sizeof address);
  if (bound < 0) say_number("bind refused ", bound), leave(1);
  call(SYS_LISTEN, s, 8, 0);
  ignore(SIGPIPE);
  say_number("listening on ", port);
  for (;;) {
    const long c = system_call(SYS_ACCEPT4, s, 0, 0, 0, 0, 0);
    if (c < 0) leave(1);
    call(SYS_READ, c, (long)buffer, sizeof buffer);
    const char *pieces[] = {"HTTP/1.1 ", status, " so\r\nContent-Length: 3\r\nConnection: close\r\n\r\nso\n"};
    for (int i = 0; i < 3; i++) call(SYS_WRITE, c, (long)pieces[i], length(pieces[i]));
    call(SYS_CLOSE, c, 0, 0);
  }
}

static void print_file(int stream, const char *path) {
  const long file = call(SYS_OPEN, (long)path, 0, 0);
  if (file < 0) say_number("open refused ", file);
  for (long n; file >= 0 && (n = call(SYS_READ, file, (long)buffer, sizeof buffer)) > 0;)
    call(SYS_WRITE, stream, (long)buffer, n);
}

/* A line every twentieth of a second. */
static void count_to(long last) {
  static const long pause[2] = {0, 50000000};
  for (long n = 1; n <= last; n++) {
    say_number("line ", n);
    call(SYS_NANOSLEEP, (long)pause, 0, 0);
  }
}

static void print_escapes(void) {
  say("\x1b[31mred\x1b[0m \x1b]0;a title\x07\x1b[2J\x1b]8;;https://example.invalid\x1b\\link\x1b]8;;\x1b\\\r\n");
  say("<script>alert(1)</script><img src=x onerror=alert(1)>\n");
  say("\xff\xfe not UTF-8, \xe2\x80\xae turned round, \b\b\b, \x9b" "31m\n");
}

static void print_on_both(void) {
  say("out 1\n");
  say_on(STDERR, "err 1\n");
  say("out 2\n");
  say_on(STDERR, "err 2\n");
}

/* As a jemalloc that was built for pages of 4 KiB. The kernel's list of pairs comes after the variables. */
static void want_small_pages(long *stack) {
  long *at = stack + 1 + stack[0] + 1;
  while (*at++);
  for (; *at; at += 2)
    if (*at == AT_PAGESZ && at[1] != 4096) {
      print_file(STDERR, "/words");
      leave(134);
    }
  say("pages of 4 KiB\n");
}

static int is_called_uname(const char *path) {
  const char *name = path;
  for (; *path; path++)
    if (*path == '/') name = path + 1;
  return same(name, "uname");
}

/* The fifth of the texts that the kernel gives, 65 bytes each. */
static void say_machine(void) {
  call(SYS_UNAME, (long)buffer, 0, 0);
  say(buffer + 4 * 65);
  say("\n");
}

__attribute__((noreturn, used)) void run(long *stack) {
  const char **arguments = (const char **)(stack + 1);
  if (is_called_uname(arguments[0])) say_machine(), leave(0);
  const char *name = stack[0] > 1 ? arguments[1] : "";
  const char *path = stack[0] > 2 ? arguments[2] : "";
  if (same(name, "exit")) fail();
  else if (same(name, "serve") || same(name, "serve-local"))
    serve(same(name, "serve-local"), number_of(path), stack[0] > 3 ? arguments[3] : "200");
  else if (same(name, "illegal") || same(name, "power9") || same(name, "power10")) illegal(name);
  else if (same(name, "segfault")) write_nowhere();
  else if (same(name, "hang")) hang();
  else if (same(name, "stubborn")) ignore_sigterm();
  else if (same(name, "flood")) flood();
  else if (same(name, "fork")) fork_without_end();
  else if (same(name, "memory")) eat_memory();
  else if (same(name, "fill")) fill(path);
  else if (same(name, "network")) try_network();
  else if (same(name, "print")) print_file(STDOUT, path);
  else if (same(name, "count")) count_to(number_of(path));
  else if (same(name, "last-words")) {
    print_file(STDERR, "/words");
    leave((int)number_of(path));
  }
  else if (same(name, "small-pages")) want_small_pages(stack);
  else if (same(name, "escapes")) print_escapes();
  else if (same(name, "both")) print_on_both();
  else {
    say_on(STDERR, "behave: no such way\n");
    leave(64);
  }
  leave(0);
}
