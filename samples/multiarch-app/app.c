/*
 * The sample that Archway shows, runs and probes engines with: four lines and exit code 0. With an argument it also
 * tells what machine it sees, one fact a line: `Machine: page-size 65536`.
 * Freestanding: no C library, a handful of system calls, so that a platform costs a few kilobytes.
 * The architecture is compiled in; that it runs at all shows that the machine agrees.
 */
#include "system-call.h"

enum { STDOUT = 1, AT_FDCWD = -100, TEXT_MAX = 200 };
/* Of the auxiliary vector, which the kernel, or the emulator, puts on the stack. */
enum { AT_PAGESZ = 6, AT_PLATFORM = 15, AT_HWCAP = 16, AT_BASE_PLATFORM = 24, AT_HWCAP2 = 26 };

static char buffer[1 << 16];
static int failed;

static long length(const char *text) {
  long n = 0;
  while (text[n]) n++;
  return n;
}

static void say(const char *text, long total) {
  for (long done = 0; done < total;) {
    const long written = system_call(SYS_WRITE, STDOUT, (long)(text + done), total - done, 0);
    if (written <= 0) {
      failed = 1;
      return;
    }
    done += written;
  }
}

/* One fact, as one write. Anything beyond printable ASCII ends it. */
static void tell(const char *name, const char *value) {
  char line[TEXT_MAX + 40];
  long n = 0;
  for (const char *at = "Machine: "; *at; at++) line[n++] = *at;
  for (const char *at = name; *at; at++) line[n++] = *at;
  line[n++] = ' ';
  for (long i = 0; i < TEXT_MAX && value[i] >= ' ' && value[i] <= '~'; i++) line[n++] = value[i];
  line[n++] = '\n';
  say(line, n);
}

static void tell_number(const char *name, unsigned long value, unsigned base) {
  char digits[24];
  char *at = digits + sizeof digits - 1;
  *at = 0;
  do *--at = "0123456789abcdef"[value % base];
  while (value /= base);
  tell(name, at);
}

static void tell_auxiliary_vector(const long *entry) {
  for (; entry[0]; entry += 2) {
    if (entry[0] == AT_PAGESZ) tell_number("page-size", entry[1], 10);
    if (entry[0] == AT_HWCAP) tell_number("hwcap", entry[1], 16);
    if (entry[0] == AT_HWCAP2) tell_number("hwcap2", entry[1], 16);
    if (entry[0] == AT_PLATFORM && entry[1]) tell("platform", (const char *)entry[1]);
    if (entry[0] == AT_BASE_PLATFORM && entry[1]) tell("base-platform", (const char *)entry[1]);
  }
}

static void tell_kernel(void) {
  /* struct new_utsname: system, node, release, version, machine, domain. */
  static char names[6][65];
  if (system_call(SYS_UNAME, (long)names, 0, 0, 0) < 0) return;
  tell("kernel", names[2]);
  tell("uname", names[4]);
}

/* Each line of /proc/cpuinfo that names the processor, the first of its kind. Emulated, it often names the host's. */
static void tell_processor(void) {
  static const char *const keys[] = {"model name", "cpu\t", "processor 0:", "CPU implementer", "CPU part"};
  int told[sizeof keys / sizeof *keys] = {0};
  const long file = system_call(SYS_OPENAT, AT_FDCWD, (long)"/proc/cpuinfo", 0, 0);
  const long size = file < 0 ? 0 : system_call(SYS_READ, file, (long)buffer, sizeof buffer - 1, 0);
  for (long at = 0; at < size;) {
    long end = at;
    while (end < size && buffer[end] != '\n') end++;
    buffer[end] = 0;
    for (unsigned k = 0; k < sizeof keys / sizeof *keys; k++) {
      const long n = length(keys[k]);
      long same = 0;
      while (same < n && buffer[at + same] == keys[k][same]) same++;
      if (same < n || told[k]) continue;
      told[k] = 1;
      for (long i = at; i < end; i++)
        if (buffer[i] == '\t') buffer[i] = ' ';
      tell("cpuinfo", buffer + at);
    }
    at = end + 1;
  }
}

/*
 * What executes this: the kernel's link to it is the program itself natively, and the emulator under emulation, which
 * answers for /proc/self and, as far as known, not for /proc/thread-self. QEMU's own bytes then name its version.
 */
static void tell_emulator(void) {
  static const char link[] = "/proc/thread-self/exe";
  static const char needle[] = EMULATOR " version ";
  enum { NEEDLE = sizeof needle - 1, KEPT = NEEDLE + TEXT_MAX };
  const long named = system_call(SYS_READLINKAT, AT_FDCWD, (long)link, (long)buffer, TEXT_MAX);
  if (named > 0) {
    buffer[named] = 0;
    tell("executed-by", buffer);
  }
  const long file = system_call(SYS_OPENAT, AT_FDCWD, (long)link, 0, 0);
  if (file < 0) return;
  /* Horspool: most bytes are never looked at, which counts under emulation. */
  unsigned char skip[256];
  for (int i = 0; i < 256; i++) skip[i] = NEEDLE;
  for (int i = 0; i < NEEDLE - 1; i++) skip[(unsigned char)needle[i]] = (unsigned char)(NEEDLE - 1 - i);
  long kept = 0, got;
  while ((got = system_call(SYS_READ, file, (long)(buffer + kept), sizeof buffer - 1 - kept, 0)) > 0) {
    const long size = kept + got;
    buffer[size] = 0;
    for (long at = 0; at + NEEDLE < size; at += skip[(unsigned char)buffer[at + NEEDLE - 1]]) {
      long same = 0;
      while (same < NEEDLE && buffer[at + same] == needle[same]) same++;
      const char next = buffer[at + NEEDLE];
      if (same < NEEDLE || next < '0' || next > '9') continue;
      tell("emulator", buffer + at);
      return;
    }
    kept = size < KEPT ? size : KEPT;
    for (long i = 0; i < kept; i++) buffer[i] = buffer[size - kept + i];
  }
}

/* Facilities of IBM Z, which tell its generations apart; STFLE is not privileged. */
static void tell_facilities(void) {
#if defined(__s390x__)
  static unsigned long facilities[4];
  register unsigned long r0 __asm__("r0") = sizeof facilities / sizeof *facilities - 1;
  __asm__ volatile("stfle %1" : "+d"(r0), "=Q"(facilities) : : "cc", "memory");
  static char digits[65];
  for (int i = 0; i < 64; i++)
    digits[i] = "0123456789abcdef"[facilities[i / 16] >> (60 - 4 * (i % 16)) & 15];
  tell("facilities", digits);
#endif
}

static const char text[] =
    "Process started.\n"
    "Running on linux/" ARCHITECTURE "\n"
    "Process completed.\n"
    "Welcome to the Multi-Arch World\n";

__attribute__((noreturn, used)) void run(long *stack) {
  say(text, sizeof text - 1);
  if (stack[0] > 1) {
    long *entry = stack + stack[0] + 2;
    while (*entry++);
    tell_auxiliary_vector(entry);
    tell_kernel();
    tell_processor();
    tell_emulator();
    tell_facilities();
  }
  for (;;) system_call(SYS_EXIT, failed, 0, 0, 0);
}
