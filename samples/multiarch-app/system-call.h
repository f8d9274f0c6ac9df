/* How each architecture starts a program that has no C library, and how it calls the kernel. */

#if defined(__x86_64__)
#define ARCHITECTURE "amd64"
#define EMULATOR "qemu-x86_64"
enum { SYS_READ = 0, SYS_WRITE = 1, SYS_EXIT = 60, SYS_UNAME = 63, SYS_OPENAT = 257, SYS_READLINKAT = 267 };
__asm__(".globl _start\n"
        "_start: xor %ebp, %ebp\n"
        "        mov %rsp, %rdi\n"
        "        and $-16, %rsp\n"
        "        call run\n");

static long system_call(long number, long a, long b, long c, long d) {
  register long r10 __asm__("r10") = d;
  long result;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10)
                   : "rcx", "r11", "memory");
  return result;
}

#elif defined(__aarch64__)
#define ARCHITECTURE "arm64"
#define EMULATOR "qemu-aarch64"
enum { SYS_READ = 63, SYS_WRITE = 64, SYS_EXIT = 93, SYS_UNAME = 160, SYS_OPENAT = 56, SYS_READLINKAT = 78 };
__asm__(".globl _start\n"
        "_start: mov x29, #0\n"
        "        mov x30, #0\n"
        "        mov x0, sp\n"
        "        bl run\n");

static long system_call(long number, long a, long b, long c, long d) {
  register long x8 __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  register long x3 __asm__("x3") = d;
  __asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3) : "memory");
  return x0;
}

#elif defined(__powerpc64__) && defined(__LITTLE_ENDIAN__) && _CALL_ELF == 2
#define ARCHITECTURE "ppc64le"
#define EMULATOR "qemu-ppc64le"
enum { SYS_READ = 3, SYS_WRITE = 4, SYS_EXIT = 1, SYS_UNAME = 122, SYS_OPENAT = 286, SYS_READLINKAT = 296 };
/* ELFv2: r2 holds the TOC, which nobody has set up yet; then a first stack frame. */
__asm__(".globl _start\n"
        "_start: mr 3, 1\n"
        "        bcl 20, 31, 1f\n"
        "1:      mflr 12\n"
        "        addis 2, 12, .TOC.-1b@ha\n"
        "        addi 2, 2, .TOC.-1b@l\n"
        "        clrrdi 1, 1, 4\n"
        "        li 0, 0\n"
        "        stdu 0, -128(1)\n"
        "        bl run\n"
        "        nop\n");

static long system_call(long number, long a, long b, long c, long d) {
  register long r0 __asm__("r0") = number;
  register long r3 __asm__("r3") = a;
  register long r4 __asm__("r4") = b;
  register long r5 __asm__("r5") = c;
  register long r6 __asm__("r6") = d;
  /* An error is the summary overflow bit with a positive number in r3; callers want it negative. */
  __asm__ volatile("sc\n\tbns+ 1f\n\tneg %1, %1\n1:"
                   : "+r"(r0), "+r"(r3), "+r"(r4), "+r"(r5), "+r"(r6)
                   :
                   : "r7", "r8", "r9", "r10", "r11", "r12", "cr0", "ctr", "xer", "memory");
  return r3;
}

#elif defined(__s390x__)
#define ARCHITECTURE "s390x"
#define EMULATOR "qemu-s390x"
enum { SYS_READ = 3, SYS_WRITE = 4, SYS_EXIT = 1, SYS_UNAME = 122, SYS_OPENAT = 288, SYS_READLINKAT = 298 };
/* A first stack frame: 160 bytes of register save area. */
__asm__(".globl _start\n"
        "_start: lghi %r11, 0\n"
        "        lgr %r2, %r15\n"
        "        aghi %r15, -160\n"
        "        brasl %r14, run\n");

static long system_call(long number, long a, long b, long c, long d) {
  register long r1 __asm__("r1") = number;
  register long r2 __asm__("r2") = a;
  register long r3 __asm__("r3") = b;
  register long r4 __asm__("r4") = c;
  register long r5 __asm__("r5") = d;
  __asm__ volatile("svc 0" : "+d"(r2) : "d"(r1), "d"(r3), "d"(r4), "d"(r5) : "memory");
  return r2;
}

#else
#error "no system calls for this architecture"
#endif
