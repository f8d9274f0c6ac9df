/*
 * Linux system calls without a C library, and the way from the first instruction to run(stack). An error is the negated
 * number that the kernel gave. Calls that an architecture does not have (arm64: open, fork, pause) have no number there.
 */

#if defined(__x86_64__)
enum {
  SYS_READ = 0, SYS_WRITE = 1, SYS_OPEN = 2, SYS_CLOSE = 3, SYS_MMAP = 9, SYS_RT_SIGACTION = 13, SYS_PAUSE = 34,
  SYS_NANOSLEEP = 35, SYS_SOCKET = 41, SYS_CONNECT = 42, SYS_SENDTO = 44, SYS_BIND = 49, SYS_LISTEN = 50, SYS_FORK = 57,
  SYS_CLOCK_GETTIME = 228, SYS_EXIT_GROUP = 231, SYS_OPENAT = 257, SYS_PPOLL = 271, SYS_ACCEPT4 = 288
};
__asm__(".globl _start\n"
        "_start: xor %ebp, %ebp\n"
        "        mov %rsp, %rdi\n"
        "        and $-16, %rsp\n"
        "        call run\n");

static long system_call(long number, long a, long b, long c, long d, long e, long f) {
  long result;
  register long r10 __asm__("r10") = d;
  register long r8 __asm__("r8") = e;
  register long r9 __asm__("r9") = f;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
}

#elif defined(__aarch64__)
enum {
  SYS_OPENAT = 56, SYS_CLOSE = 57, SYS_READ = 63, SYS_WRITE = 64, SYS_PPOLL = 73, SYS_EXIT_GROUP = 94,
  SYS_NANOSLEEP = 101, SYS_CLOCK_GETTIME = 113, SYS_SOCKET = 198, SYS_CONNECT = 203, SYS_SENDTO = 206
};
__asm__(".globl _start\n"
        "_start: mov x29, #0\n"
        "        mov x30, #0\n"
        "        mov x0, sp\n"
        "        bl run\n");

static long system_call(long number, long a, long b, long c, long d, long e, long f) {
  register long x8 __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  register long x3 __asm__("x3") = d;
  register long x4 __asm__("x4") = e;
  register long x5 __asm__("x5") = f;
  __asm__ volatile("svc #0"
                   : "+r"(x0)
                   : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
                   : "memory");
  return x0;
}

#elif defined(__powerpc64__) && defined(__LITTLE_ENDIAN__) && _CALL_ELF == 2
enum {
  SYS_FORK = 2, SYS_READ = 3, SYS_WRITE = 4, SYS_OPEN = 5, SYS_CLOSE = 6, SYS_PAUSE = 29, SYS_MMAP = 90,
  SYS_NANOSLEEP = 162, SYS_RT_SIGACTION = 173, SYS_EXIT_GROUP = 234, SYS_CLOCK_GETTIME = 246, SYS_PPOLL = 281,
  SYS_OPENAT = 286, SYS_SOCKET = 326, SYS_BIND = 327, SYS_CONNECT = 328, SYS_LISTEN = 329,
  SYS_SENDTO = 335, SYS_ACCEPT4 = 344
};
/* ELFv2: r2 holds the TOC, which nobody has set up yet; then a first stack frame. */
__asm__(".globl _start\n"
        "_start: bcl 20, 31, 1f\n"
        "1:      mflr 12\n"
        "        addis 2, 12, .TOC.-1b@ha\n"
        "        addi 2, 2, .TOC.-1b@l\n"
        "        mr 3, 1\n"
        "        clrrdi 1, 1, 4\n"
        "        li 0, 0\n"
        "        stdu 0, -128(1)\n"
        "        bl run\n"
        "        nop\n");

static long system_call(long number, long a, long b, long c, long d, long e, long f) {
  register long r0 __asm__("r0") = number;
  register long r3 __asm__("r3") = a;
  register long r4 __asm__("r4") = b;
  register long r5 __asm__("r5") = c;
  register long r6 __asm__("r6") = d;
  register long r7 __asm__("r7") = e;
  register long r8 __asm__("r8") = f;
  /* An error is the summary overflow bit with a positive number in r3. */
  __asm__ volatile("sc\n\tbns+ 1f\n\tneg %1, %1\n1:"
                   : "+r"(r0), "+r"(r3), "+r"(r4), "+r"(r5), "+r"(r6), "+r"(r7), "+r"(r8)
                   :
                   : "r9", "r10", "r11", "r12", "cr0", "ctr", "xer", "memory");
  return r3;
}

#elif defined(__s390x__)
enum {
  SYS_READ = 3, SYS_WRITE = 4, SYS_CLOSE = 6, SYS_NANOSLEEP = 162, SYS_EXIT_GROUP = 248, SYS_CLOCK_GETTIME = 260,
  SYS_OPENAT = 288, SYS_PPOLL = 302, SYS_SOCKET = 359, SYS_CONNECT = 362, SYS_SENDTO = 369
};
/* A first stack frame: 160 bytes of register save area. */
__asm__(".globl _start\n"
        "_start: lghi %r11, 0\n"
        "        lgr %r2, %r15\n"
        "        aghi %r15, -160\n"
        "        brasl %r14, run\n");

static long system_call(long number, long a, long b, long c, long d, long e, long f) {
  register long r1 __asm__("r1") = number;
  register long r2 __asm__("r2") = a;
  register long r3 __asm__("r3") = b;
  register long r4 __asm__("r4") = c;
  register long r5 __asm__("r5") = d;
  register long r6 __asm__("r6") = e;
  register long r7 __asm__("r7") = f;
  __asm__ volatile("svc 0"
                   : "+d"(r2)
                   : "d"(r1), "d"(r3), "d"(r4), "d"(r5), "d"(r6), "d"(r7)
                   : "memory");
  return r2;
}

#else
#error "no system calls for this architecture"
#endif
