/*
 * The sample that Archway shows, runs and probes engines with: four lines and exit code 0.
 * Freestanding: no C library, two system calls, so that a platform costs a few kilobytes.
 * The architecture is compiled in; that it runs at all shows that the machine agrees.
 */

#if defined(__x86_64__)
#define ARCHITECTURE "amd64"
#define SYS_WRITE 1
#define SYS_EXIT 60
__asm__(".globl _start\n"
        "_start: xor %ebp, %ebp\n"
        "        and $-16, %rsp\n"
        "        call run\n");

static long system_call(long number, long a, long b, long c) {
  long result;
  __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
  return result;
}

#elif defined(__aarch64__)
#define ARCHITECTURE "arm64"
#define SYS_WRITE 64
#define SYS_EXIT 93
__asm__(".globl _start\n"
        "_start: mov x29, #0\n"
        "        mov x30, #0\n"
        "        bl run\n");

static long system_call(long number, long a, long b, long c) {
  register long x8 __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  __asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
  return x0;
}

#elif defined(__powerpc64__) && defined(__LITTLE_ENDIAN__) && _CALL_ELF == 2
#define ARCHITECTURE "ppc64le"
#define SYS_WRITE 4
#define SYS_EXIT 1
/* ELFv2: r2 holds the TOC, which nobody has set up yet; then a first stack frame. */
__asm__(".globl _start\n"
        "_start: bcl 20, 31, 1f\n"
        "1:      mflr 12\n"
        "        addis 2, 12, .TOC.-1b@ha\n"
        "        addi 2, 2, .TOC.-1b@l\n"
        "        clrrdi 1, 1, 4\n"
        "        li 0, 0\n"
        "        stdu 0, -128(1)\n"
        "        bl run\n"
        "        nop\n");

static long system_call(long number, long a, long b, long c) {
  register long r0 __asm__("r0") = number;
  register long r3 __asm__("r3") = a;
  register long r4 __asm__("r4") = b;
  register long r5 __asm__("r5") = c;
  /* An error is the summary overflow bit with a positive number in r3; callers want it negative. */
  __asm__ volatile("sc\n\tbns+ 1f\n\tneg %1, %1\n1:"
                   : "+r"(r0), "+r"(r3), "+r"(r4), "+r"(r5)
                   :
                   : "r6", "r7", "r8", "r9", "r10", "r11", "r12", "cr0", "ctr", "xer", "memory");
  return r3;
}

#elif defined(__s390x__)
#define ARCHITECTURE "s390x"
#define SYS_WRITE 4
#define SYS_EXIT 1
/* A first stack frame: 160 bytes of register save area. */
__asm__(".globl _start\n"
        "_start: lghi %r11, 0\n"
        "        aghi %r15, -160\n"
        "        brasl %r14, run\n");

static long system_call(long number, long a, long b, long c) {
  register long r1 __asm__("r1") = number;
  register long r2 __asm__("r2") = a;
  register long r3 __asm__("r3") = b;
  register long r4 __asm__("r4") = c;
  __asm__ volatile("svc 0" : "+d"(r2) : "d"(r1), "d"(r3), "d"(r4) : "memory");
  return r2;
}

#else
#error "no system calls for this architecture"
#endif

static const char text[] =
    "Process started.\n"
    "Running on linux/" ARCHITECTURE "\n"
    "Process completed.\n"
    "Welcome to the Multi-Arch World\n";

__attribute__((noreturn, used)) void run(void) {
  const long total = sizeof text - 1;
  long done = 0;
  while (done < total) {
    const long written = system_call(SYS_WRITE, 1, (long)(text + done), total - done);
    if (written <= 0) break;
    done += written;
  }
  for (;;) system_call(SYS_EXIT, done == total ? 0 : 1, 0, 0);
}
