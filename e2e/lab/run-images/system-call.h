/* Linux system calls without a C library, and the way from the first instruction to run(stack). */

#if defined(__x86_64__)
enum {
  SYS_READ = 0, SYS_WRITE = 1, SYS_OPEN = 2, SYS_MMAP = 9, SYS_RT_SIGACTION = 13, SYS_PAUSE = 34,
  SYS_NANOSLEEP = 35, SYS_SOCKET = 41, SYS_CONNECT = 42, SYS_FORK = 57, SYS_EXIT_GROUP = 231
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

#elif defined(__powerpc64__) && defined(__LITTLE_ENDIAN__) && _CALL_ELF == 2
enum {
  SYS_FORK = 2, SYS_READ = 3, SYS_WRITE = 4, SYS_OPEN = 5, SYS_PAUSE = 29, SYS_MMAP = 90,
  SYS_NANOSLEEP = 162, SYS_RT_SIGACTION = 173, SYS_EXIT_GROUP = 234, SYS_SOCKET = 326, SYS_CONNECT = 328
};
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
  __asm__ volatile("sc\n\tbns+ 1f\n\tneg %1, %1\n1:"
                   : "+r"(r0), "+r"(r3), "+r"(r4), "+r"(r5), "+r"(r6), "+r"(r7), "+r"(r8)
                   :
                   : "r9", "r10", "r11", "r12", "cr0", "ctr", "xer", "memory");
  return r3;
}

#else
#error "no system calls for this architecture"
#endif
